import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { apply, type Known, type Snapshot } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createStore } from "../src/index.ts";
import { at, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

describe("what is known", () => {
  test("is the same when another process reads it", async () => {
    expect(await reread(known)).toEqual(known);
  });

  test("is the same when only some of it has moved", async () => {
    const store = createStore(redis);
    await take(store, () => ({ known, changes: [] }));
    const more = apply(known, { ...told, incidents: [] }, { at: "2026-03-01T11:00:00.000Z", name: "acme" });
    await take(store, () => ({ known: more, changes: [] }));
    expect(await createStore(redis).known("acme")).toEqual(more);
  });

  test("of a provider never heard of is nothing", async () => {
    expect((await createStore(redis).known("acme")).page).toEqual({ baseline: false });
  });
});

const affair = { title: "Ö\u0000\n:", impact: "minor" as const, components: [{ name: "API" }], updatedAt: at };
const updates = [{ id: "u", status: "identified", body: "\ud800 half a character", at }];

const told: Snapshot = {
  page: { id: "p", name: "Acme", url: "https://status.acme.test", indicator: "minor" },
  coverage: { components: "full", incidents: "full", maintenances: "full" },
  components: ["__proto__", "constructor", "", "a:b", "version"].map((id) => ({
    id,
    name: `Component ${id}`,
    status: "degraded_performance",
  })),
  incidents: ["__proto__", "toString", "page"].map((id) => ({ ...affair, id, updates, status: "identified" })),
  maintenances: [{ ...affair, id: "__proto__", updates: [], status: "scheduled", scheduledFor: at }],
};

const known = apply(undefined, told, { at, name: "acme" });

async function reread(state: Known): Promise<Known> {
  await take(createStore(redis), () => ({ known: state, changes: [] }));
  return createStore(redis).known("acme");
}
