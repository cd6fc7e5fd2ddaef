import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";
import { type Renewable, renewable } from "../src/renewable.ts";

const settings = { allowPrivate: true };

let server: Server;
let asked: ServerResponse[];
let outbound: Renewable;

beforeEach(async () => {
  asked = [];
  server = createServer((_request, response) => void asked.push(response)).listen(0, "127.0.0.1");
  // So that whoever ends a connection is not the server.
  server.keepAliveTimeout = 120_000;
  await once(server, "listening");
  outbound = renewable(settings);
});
afterEach(async () => {
  outbound.close();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

describe("outgoing requests whose settings change", () => {
  test("end on the old connections, which are closed behind them", async () => {
    const answer = outbound.fetchPage(page());
    await waitUntil("the request to come", () => asked.length === 1);
    outbound.renew(settings);
    asked[0]?.end("late");
    expect(await answer).toMatchObject({ kind: "fresh", text: "late" });
    await waitUntil("the connection to be closed", async () => (await connections()) === 0);
  });

  test("leave no connection that was kept for the next one", async () => {
    await answered(outbound.fetchPage(page()));
    outbound.renew(settings);
    await waitUntil("the connection to be closed", async () => (await connections()) === 0);
    await answered(outbound.fetchPage(page()));
    expect(await connections()).toBe(1);
  });

  test("obey the new ones", async () => {
    outbound.renew({ allowPrivate: false });
    await expect(outbound.fetchPage(page())).rejects.toThrow("not on the public internet");
  });
});

async function answered(answer: Promise<unknown>): Promise<void> {
  const response = await waitUntil("the request to come", () => asked.shift());
  response.end("at once");
  await answer;
}

function page(): URL {
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
