import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Ruling } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { type Attempt, createTraces, keys, type Traces } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let traces: Traces;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
  traces = createTraces(redis);
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

const event = { id: "evt_1", seq: "5-0" };
const ruling: Ruling = { rules: [{ rule: "rule 1", matches: true }], decisions: [] };
const attempt: Attempt = {
  sink: "team",
  at: "2026-03-01T12:00:00.000Z",
  outcome: "failed",
  reason: "down",
  ms: 3,
};

describe("what is decided about an event", () => {
  test("stands, whatever is decided later", async () => {
    expect(await traces.decide(event, ruling)).toEqual({ ruling, isNew: true });
    expect(await traces.decide(event, { rules: [], decisions: [] })).toEqual({ ruling, isNew: false });
    expect((await traces.of("5-0")).ruling).toEqual(ruling);
  });

  test("is found by the event's id", async () => {
    await traces.decide(event, ruling);
    expect([await traces.placeOf("evt_1"), await traces.placeOf("evt_2")]).toEqual(["5-0", undefined]);
  });

  test("is forgotten with the log, if that is sooner than 30 days", async () => {
    await createTraces(redis, { keepMs: 1000 }).decide(event, ruling);
    expect(await redis.pttl(keys.ruling("5-0"))).toBeLessThanOrEqual(1000);
  });
});

describe("tries to deliver an event", () => {
  test("are remembered in order", async () => {
    await traces.attempted("5-0", attempt);
    await traces.attempted("5-0", { ...attempt, outcome: "delivered" });
    expect((await traces.of("5-0")).attempts.map(({ outcome }) => outcome)).toEqual(["failed", "delivered"]);
  });

  test("are 200 at most, the newest", async () => {
    for (let ms = 0; ms < 205; ms++) await traces.attempted("5-0", { ...attempt, ms });
    const { attempts } = await traces.of("5-0");
    expect([attempts.length, attempts[0]?.ms]).toEqual([200, 5]);
  });
});

describe("an event that nobody decided about", () => {
  test("has an empty trace", async () => {
    expect(await traces.of("9-9")).toEqual({ ruling: undefined, attempts: [] });
  });
});
