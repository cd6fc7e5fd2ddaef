import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Observation, pack } from "@statuswire/queues";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(async () => {
  window = await openTestWindow(server);
  await window.queues.of("acme").observations.add("acme", {}, { jobId: "job-1" });
});
afterEach(() => window.close());
afterAll(() => server.stop());

describe("Bull Board", () => {
  test("stands at /queues", async () => {
    const response = await window.get("/queues");
    expect([response.status, response.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("html"),
    ]);
  });

  test("shows all queues, dead letters included", async () => {
    const { queues } = (await window.json("/queues/api/queues")) as { queues: { name: string }[] }; // Bull Board's own shape.
    const ofPartitions = ["observations", "polls", "quarantine"].flatMap((kind) =>
      Array.from({ length: 16 }, (_, partition) => `${kind}-${String(partition).padStart(2, "0")}`),
    );
    expect(queues.map(({ name }) => name)).toEqual(["dead-letters", "deliveries", ...ofPartitions]);
  });

  test("shows of a job where it belongs, and nothing that somebody sent", async () => {
    const observation = { id: "o1", provider: "acme", via: "webhook", receivedAt: "2025-11-03T14:32:00Z" };
    const secret = { ...observation, body: "the canary", also: ["the canary"], headers: { "x-it": "the canary" } };
    await window.queues.of("acme").observations.add("acme", { v: 1, observations: [secret] });
    const shown = await (await window.get("/queues/api/queues?activeQueue=observations-10&status=latest")).text();
    expect(shown).toContain('"receivedAt":"2025-11-03T14:32:00Z"');
    expect(shown).not.toContain("canary");
  });

  test("shows of a packed job what it shows of any", async () => {
    const observation: Observation = {
      ...{ id: "o1", provider: "acme", via: "webhook", receivedAt: "2025-11-03T14:32:00Z" },
      body: "the canary".repeat(1000),
    };
    await window.queues.of("acme").observations.add("acme", pack({ v: 1, observations: [observation] }));
    const shown = await (await window.get("/queues/api/queues?activeQueue=observations-10&status=latest")).text();
    expect(shown).toContain('"receivedAt":"2025-11-03T14:32:00Z"');
    expect(shown).not.toMatch(/canary|packed/);
  });

  test("tells nothing of Redis itself", async () => {
    expect((await window.get("/queues/api/redis/stats")).status).toBe(403);
  });

  test.each([
    ["POST", "/add"],
    ["PUT", "/pause"],
    ["PUT", "/empty"],
    ["PUT", "/obliterate"],
    ["PUT", "/clean/wait"],
    ["PUT", "/retry/failed"],
    ["PUT", "/promote"],
    ["PUT", "/concurrency"],
    ["PUT", "/job-1/clean"],
    ["PUT", "/job-1/promote"],
    ["PUT", "/job-1/retry/wait"],
    ["PATCH", "/job-1/update-data"],
  ])("is for looking, not for doing: %s %s", async (method, action) => {
    const body = JSON.stringify({ name: "evil", data: {}, options: {} });
    const headers = { "content-type": "text/plain" };
    const url = `${window.url}/queues/api/queues/observations${action}`;
    const { status } = await fetch(url, { method, headers, body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await window.queues.of("acme").observations.getWaiting()).map(({ id }) => id)).toEqual(["job-1"]);
    expect(await window.queues.of("acme").observations.isPaused()).toBe(false);
  });
});
