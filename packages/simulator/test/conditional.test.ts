import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { get as httpGet, type IncomingMessage } from "node:http";
import { createWorld, startSimulator, updateIncident, type Page, type Simulator } from "../src/index.ts";
import { at, broken } from "./pages.ts";

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({
    world: createWorld([broken("statuspage"), broken("statuspage", { id: "other" })]),
  });
});
afterEach(() => simulator.close());

describe("a page over HTTP", () => {
  test("tells its tag and when it last changed", async () => {
    const { headers, status } = await get();
    expect(status).toBe(200);
    expect(headers.get("etag")).toMatch(/^W\/"[0-9a-f]+"$/);
    expect(headers.get("last-modified")).toBe("Sun, 01 Mar 2026 12:01:00 GMT");
  });

  test.each([
    ["its tag", (headers: Headers) => ({ "if-none-match": headers.get("etag") ?? "" })],
    ["its tag, strongly", (headers: Headers) => ({ "if-none-match": (headers.get("etag") ?? "").slice(2) })],
    ["its tag among others", (headers: Headers) => ({ "if-none-match": `"a", ${headers.get("etag")}` })],
    ["its time", (headers: Headers) => ({ "if-modified-since": headers.get("last-modified") ?? "" })],
  ])("answers 304 without a body to who has %s", async (_what, condition) => {
    const answer = await get(condition((await get()).headers));
    expect([answer.status, await answer.text()]).toEqual([304, ""]);
    expect(answer.headers.get("etag")).toMatch(/^W/);
  });

  test.each([
    ["another tag", { "if-none-match": '"other"' }],
    ["another tag, whatever the time", { "if-none-match": '"other"', "if-modified-since": at(10).toUTCString() }],
    ["an earlier time", { "if-modified-since": at(0).toUTCString() }],
    ["a time that is none", { "if-modified-since": "yesterday" }],
  ])("answers 200 to who has %s", async (_what, condition) => {
    expect((await get(condition)).status).toBe(200);
  });

  test("answers 200 once it has changed", async () => {
    const { headers } = await get();
    simulator.change("acme", monitoring);
    const answer = await get({ "if-none-match": headers.get("etag") ?? "" });
    expect([answer.status, answer.headers.get("last-modified")]).toEqual([200, "Sun, 01 Mar 2026 12:07:00 GMT"]);
  });

  test("counts its own answers by status", async () => {
    await get({ "if-none-match": (await get()).headers.get("etag") ?? "" });
    await fetch(`${simulator.pageUrl("acme")}/nothing`);
    expect(simulator.requests("acme")).toEqual({ "200": 1, "304": 1, "404": 1 });
    expect(simulator.requests("other")).toEqual({});
  });

  test("answers a path that it doesn't have with HTML", async () => {
    const answer = await fetch(`${simulator.pageUrl("acme")}/proxy/acme.example`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(answer.headers.has("etag")).toBe(false);
  });

  test("answers whatever is asked", async () => {
    expect(await statusOf("//")).toBe(404);
    expect(await statusOf("/api/v2/summary.json?page=1")).toBe(200);
  });

  test("never answers again once the simulator is closed", async () => {
    await simulator.close();
    await expect(get()).rejects.toThrow();
  });
});

describe("a simulator", () => {
  test("gives strong tags when asked to", async () => {
    const strict = await startSimulator({ world: createWorld([broken("statuspage")]), etag: "strong" });
    const { headers } = await fetch(`${strict.pageUrl("acme")}/api/v2/summary.json`);
    await strict.close();
    expect(headers.get("etag")).toMatch(/^"/);
  });

  test("says so when its port is taken", async () => {
    const port = Number(new URL(simulator.pageUrl("acme")).port);
    await expect(startSimulator({ world: createWorld([broken("apple")]), port })).rejects.toThrow("EADDRINUSE");
  });

  test("doesn't know a page that it wasn't given", () => {
    expect(() => simulator.page("nobody")).toThrow('no page called "nobody"');
  });
});

function get(headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${simulator.pageUrl("acme")}/api/v2/summary.json`, { headers });
}

/** fetch would tidy the path. */
async function statusOf(path: string): Promise<number | undefined> {
  const { port } = new URL(simulator.pageUrl("acme"));
  const request = httpGet({ host: "127.0.0.1", port, path });
  const [response] = (await once(request, "response")) as [IncomingMessage]; // node:http says so.
  response.resume();
  return response.statusCode;
}

function monitoring(page: Page): Page {
  return updateIncident(page, page.incidents[0]?.id ?? "", { status: "monitoring", body: "Better.", at: at(7) });
}
