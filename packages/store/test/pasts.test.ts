import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { compare, daysOf, type Incident, seconds, type Snapshot, uptimeOf } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createLog, createPasts, createStore, keys, type Pasts, restorePasts } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let pasts: Pasts;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(async () => {
  await redis.flushall();
  pasts = createPasts(redis);
});
afterAll(() => server.stop());

describe("a provider's past", () => {
  test("is empty before anything is known", async () => {
    expect(await pasts.of("acme")).toEqual({ since: undefined, gaps: [], troubles: new Map(), turns: new Map() });
  });

  test("is written with the state that it comes from", async () => {
    await reads(0, { components: { api: "operational" } });
    await reads(10, { components: { api: "major_outage" }, incidents: [open(10)] });
    await reads(40, { components: { api: "operational" }, incidents: [over(10, 40)] });
    expect(await day("api")).toMatchObject({ unknown: 600, major_outage: 30, operational: 30 });
    expect(await day()).toMatchObject({ unknown: 600, major_outage: 30, operational: 30 });
  });

  test("goes on where a process that died left it", async () => {
    await reads(0, { components: { api: "operational" } });
    await reads(10, { components: { api: "major_outage" } });
    await reads(20, { components: { api: "degraded_performance" } });
    expect(await day("api")).toMatchObject({ major_outage: 10, degraded_performance: 40, operational: 10 });
  });

  test("is not lengthened by what is said again", async () => {
    await reads(0, { components: { api: "major_outage" }, incidents: [open(0)] });
    const before = await redis.hgetall(keys.past("acme"));
    await reads(10, { components: { api: "major_outage" }, incidents: [open(0)] });
    expect(await redis.hgetall(keys.past("acme"))).toEqual(before);
  });

  test("has the steps that were taken together one by one", async () => {
    const store = createStore(redis);
    await Promise.all(
      (["operational", "major_outage", "operational"] as const).map((api, index) =>
        reads(index * 10, { components: { api } }, store),
      ),
    );
    expect(await day("api")).toMatchObject({ major_outage: 10, operational: 50 });
  });

  test("knows of the times at which nobody read", async () => {
    await reads(0, { components: { api: "operational" } });
    await pasts.missed("acme", { from: seconds(at(10)), until: seconds(at(30)) });
    expect(await day("api")).toMatchObject({ unknown: 620, operational: 40 });
  });

  test("keeps its beginning when the page is looked at anew", async () => {
    await reads(0, {});
    await redis.del(keys.known("acme"));
    await reads(30, {});
    expect((await pasts.of("acme")).since).toBe(seconds(at(0)));
  });
});

describe("what lies before what is kept", () => {
  test("is forgotten, but for how each component stands", async () => {
    await reads(0, { components: { api: "operational" } });
    await reads(10, { components: { api: "operational" }, incidents: [open(10)] });
    await reads(20, { components: { api: "operational" }, incidents: [over(10, 20)] });
    await pasts.missed("acme", { from: seconds(at(30)), until: seconds(at(40)) });
    expect(await pasts.forget(seconds(at(400 * 24 * 60)))).toBe(2);
    const now = seconds(at(490 * 24 * 60));
    const past = await pasts.of("acme");
    expect([past.gaps, past.troubles.size]).toEqual([[], 0]);
    expect(uptimeOf(past, { component: "api", days: 90, now }).uptime).toBe(1);
  });

  test("stays when it goes on", async () => {
    await reads(0, { incidents: [open(0)] });
    expect(await pasts.forget(seconds(at(400 * 24 * 60)))).toBe(0);
  });
});

describe("a past that is missing", () => {
  test("is told again from the log: what was declared, and from now on what is looked at", async () => {
    await reads(0, { components: { api: "operational" } });
    await reads(10, { components: { api: "major_outage" }, incidents: [open(10)] });
    await reads(40, { components: { api: "operational" }, incidents: [over(10, 40)] });
    await redis.del(keys.past("acme"));
    expect(await restorePasts(redis, { log: createLog(redis), now: seconds(at(50)) })).toEqual(["acme"]);
    expect(await day()).toMatchObject({ unknown: 620, major_outage: 30, operational: 10 });
  });

  test("is the only one that is touched", async () => {
    await reads(0, { components: { api: "operational" } });
    expect(await restorePasts(redis, { log: createLog(redis), now: seconds(at(50)) })).toEqual([]);
    expect((await pasts.of("acme")).since).toBe(seconds(at(0)));
  });
});

/** So many minutes after ten. */
function at(minute: number): string {
  return new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
}

function open(from: number): Incident {
  const said = { title: "Trouble", impact: "critical", components: [], updates: [] } as const;
  return {
    id: "one",
    ...said,
    components: [],
    updates: [],
    status: "investigating",
    startedAt: at(from),
    updatedAt: at(from),
  };
}

function over(from: number, until: number): Incident {
  return { ...open(from), status: "resolved", resolvedAt: at(until), updatedAt: at(until) };
}

interface Said {
  components?: Record<string, Snapshot["components"][number]["status"]>;
  incidents?: Incident[];
}

/** Hears a page in full. Without a store, as a process that has just been started. */
async function reads(minute: number, { components = {}, incidents = [] }: Said, store = createStore(redis)) {
  const told: Snapshot = {
    page: {},
    coverage: { components: "full", incidents: "full", maintenances: "full" },
    components: Object.entries(components).map(([id, status]) => ({ id, name: id, status })),
    incidents,
    maintenances: [],
  };
  const how = { at: at(minute), name: "acme" };
  await store.transition("acme", (known) => compare(known, told, how), { via: "poll", at: at(minute) });
}

/** The minutes of the day until eleven. */
async function day(component?: string): Promise<Record<string, number>> {
  const [only] = daysOf(await pasts.of("acme"), {
    ...{ component, days: 1, now: seconds(at(60)) },
    timeZone: "UTC",
  });
  return Object.fromEntries(Object.entries(only?.seconds ?? {}).map(([state, spent]) => [state, spent / 60]));
}
