import type { OutgoingHttpHeaders } from "node:http";
import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { failureOf, legs, serve } from "./local.ts";

const hello = { body: '{"text":"hällo"}', headers: { "content-type": "application/json" } };

describe("a post", () => {
  test("brings its body, its length and its headers", async () => {
    const hook = await serve(async (request, response) => {
      const chunks = await request.toArray();
      response.end(`${request.method} ${request.headers["content-length"]} ${Buffer.concat(chunks).toString()}`);
    });
    expect(await legs().post(hook.url, hello)).toEqual({ status: 200, text: `POST 17 ${hello.body}` });
    expect(hook.asked[0]?.headers).toMatchObject(hello.headers);
  });

  test.each(["PUT", "PATCH"] as const)("may be a %s", async (method) => {
    const hook = await serve((request, response) => response.end(request.method));
    expect(await legs().post(hook.url, { ...hello, method })).toMatchObject({ text: method });
  });

  test("does not follow a redirect", async () => {
    const hook = await answering(307, { location: "/elsewhere" });
    expect(await legs().post(hook.url, hello)).toMatchObject({ status: 307 });
    expect(hook.asked).toHaveLength(1);
  });

  test.each([
    "http://127.0.0.2/",
    "http://0x7f.2/",
    "http://[::1]/",
    "http://name:word@127.0.0.1/",
    "ftp://127.0.0.1/",
  ])("does not go to %s", async (where) => {
    const posted = legs({ allowPrivate: ["127.0.0.1"] }).post(new URL(where), hello);
    await expect(posted).rejects.toMatchObject({ reason: "forbidden_address" });
  });

  test("that finds nobody is unreachable, and names no more than the host", async () => {
    const failure = await failureOf(legs().post(new URL("http://127.0.0.1:1/services/s3cret"), hello));
    expect(failure).toMatchObject({ reason: "unreachable", code: "ECONNREFUSED" });
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain("s3cret");
  });
});

describe("the answer to a post", () => {
  test.each([202, 204, 400, 404, 500])("may be %i", async (status) => {
    const hook = await answering(status, {});
    expect(await legs().post(hook.url, hello)).toMatchObject({ status });
  });

  test("keeps what the other side said about a refusal", async () => {
    const hook = await answering(404, {}, "no_service");
    expect(await legs().post(hook.url, hello)).toEqual({ status: 404, text: "no_service" });
  });

  test("is kept to 16 kB", async () => {
    const hook = await answering(200, {}, "x".repeat(1_000_000));
    expect((await legs().post(hook.url, hello)).text).toBe("x".repeat(16 * 1024));
  });

  test.each([
    [429, { "retry-after": "5" }, 5000],
    [429, {}, 60_000],
    [503, { "retry-after": "5" }, 5000],
  ])("%i with %j says how long to wait", async (status, headers, retryAfterMs) => {
    const hook = await answering(status, headers);
    expect(await legs().post(hook.url, hello)).toEqual({ status, text: "", retryAfterMs });
  });
});

function answering(status: number, headers: OutgoingHttpHeaders, text?: string) {
  return serve((_request, response) => response.writeHead(status, headers).end(text));
}
