import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { changeComponents, createWorld, startSimulator, type Simulator } from "../src/index.ts";
import { at, quiet } from "./pages.ts";

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({
    world: createWorld([quiet("statuspage"), quiet("statuspage", { id: "other" })]),
  });
});
afterEach(() => simulator.close());

describe("a page in trouble", () => {
  test("answers with the status that it was told to, and when to come back", async () => {
    simulator.fault("acme", { kind: "status", status: 503, retryAfterSeconds: 30 });
    const answer = await get();
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
  });

  test("answers 200 with HTML", async () => {
    simulator.fault("acme", { kind: "html" });
    const answer = await get();
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining("<h1>502 Bad Gateway</h1>"),
    ]);
  });

  test("hangs up", async () => {
    simulator.fault("acme", { kind: "drop" });
    await expect(get()).rejects.toThrow("fetch failed");
    expect(simulator.requests("acme")).toEqual({ dropped: 1 });
  });

  test("answers rightly but late", async () => {
    simulator.fault("acme", { kind: "delay", ms: 60_000 });
    await expect(get({ signal: AbortSignal.timeout(100) })).rejects.toThrow("timeout");
    simulator.fault("acme", { kind: "delay", ms: 1 });
    expect((await get()).status).toBe(200);
  });

  test("says what it said before, validators included, while it is stale", async () => {
    const before = await get();
    simulator.fault("acme", { kind: "stale" });
    simulator.change("acme", (page) => changeComponents(page, { API: "major_outage" }, at(5)));
    const stale = await get();
    expect(stale.headers.get("etag")).toBe(before.headers.get("etag"));
    expect(await stale.text()).toBe(await before.text());
  });

  test("tells the truth again when it is out of it", async () => {
    simulator.fault("acme", { kind: "stale" });
    simulator.change("acme", (page) => changeComponents(page, { API: "major_outage" }, at(5)));
    await get();
    simulator.fault("acme");
    expect(await (await get()).json()).toMatchObject({ status: { indicator: "critical" } });
  });

  test("leaves the others alone", async () => {
    simulator.fault("acme", { kind: "drop" });
    expect((await fetch(`${simulator.pageUrl("other")}/api/v2/status.json`)).status).toBe(200);
  });
});

function get(init: RequestInit = {}): Promise<Response> {
  return fetch(`${simulator.pageUrl("acme")}/api/v2/summary.json`, init);
}
