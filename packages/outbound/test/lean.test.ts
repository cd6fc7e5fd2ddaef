import http from "node:http";
import https from "node:https";
import { describe, expect, test } from "@jest/globals";
import type { RequestFunction } from "got";
import { createClient } from "../src/client.ts";
import { exchange } from "../src/exchange.ts";
import { serve } from "./local.ts";

type Handed = Parameters<RequestFunction>[1];

describe("what node:http is asked with", () => {
  test("names what we set, and nothing that is not", async () => {
    expect(Object.keys(await handed("http:")).sort()).toEqual([
      "agent",
      "headers",
      "lookup",
      "maxHeaderSize",
      "method",
    ]);
  });

  test("goes through the guard's lookup, with little room for headers", async () => {
    expect(await handed("http:")).toMatchObject({ lookup, maxHeaderSize: 16_384 });
  });

  test.each([
    ["http:", http.Agent],
    ["https:", https.Agent],
  ])("uses the connections that speak %s", async (protocol, agent) => {
    expect((await handed(protocol)).agent).toBeInstanceOf(agent);
  });
});

const lookup = () => undefined;

/** What got hands on for a request of a protocol; the request itself goes to a server of this machine. */
async function handed(protocol: string): Promise<Handed> {
  const { url } = await serve((_request, response) => response.end());
  const client = createClient({ userAgent: "Statuswire-Test", lookup });
  let seen: Handed | undefined;
  const request: RequestFunction = (_url, options) => {
    seen = options;
    return http.request(url);
  };
  const asked = new URL(url);
  asked.protocol = protocol;
  const got = (await client.got()).extend({ request });
  const { body } = await exchange(got, asked, {
    method: "GET",
    headers: {},
    signal: new AbortController().signal,
  });
  body.destroy();
  client.close();
  if (!seen) throw new Error("Nothing was asked");
  return seen;
}
