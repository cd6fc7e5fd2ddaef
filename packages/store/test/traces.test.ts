import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Ruling } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { type Attempt, createLedger, createTraces, keys, type Traces } from "../src/index.ts";

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
    const other: Ruling = { rules: [], decisions: [] };
    expect(await traces.decide([{ event, ruling }])).toEqual([{ event, ruling, isNew: true }]);
    expect(await traces.decide([{ event, ruling: other }])).toEqual([{ event, ruling, isNew: false }]);
    expect((await traces.of("5-0")).ruling).toEqual(ruling);
  });

  test("stands event by event, where several are decided about at once", async () => {
    const other = { id: "evt_2", seq: "6-0" };
    const later: Ruling = { rules: [], decisions: [] };
    await traces.decide([{ event, ruling }]);
    const both = [event, other].map((one) => ({ event: one, ruling: later }));
    expect(await traces.decide(both)).toEqual([
      { event, ruling, isNew: false },
      { event: other, ruling: later, isNew: true },
    ]);
    expect([await traces.placeOf("evt_1"), await traces.placeOf("evt_2")]).toEqual(["5-0", "6-0"]);
  });

  test("is found by the event's id", async () => {
    await traces.decide([{ event, ruling }]);
    expect([await traces.placeOf("evt_1"), await traces.placeOf("evt_2")]).toEqual(["5-0", undefined]);
  });

  test("is forgotten with the log, if that is sooner than 30 days", async () => {
    await createTraces(redis, { keepMs: 1000 }).decide([{ event, ruling }]);
    expect(await redis.pttl(keys.ruling("5-0"))).toBeLessThanOrEqual(1000);
  });
});

describe("tries to deliver an event", () => {
  test("are remembered in order", async () => {
    await traces.attempted("5-0", attempt);
    await traces.attempted("5-0", { ...attempt, outcome: "delivered" });
    expect((await traces.of("5-0")).attempts.map(({ outcome }) => outcome)).toEqual(["failed", "delivered"]);
  });

  test("have the console's among them, which the ledger remembers, by when it began", async () => {
    const at = (second: number) => ({ ...attempt, at: `2026-03-01T12:00:0${second}.000Z` });
    await traces.attempted("5-0", at(1));
    await traces.attempted("5-0", at(3));
    await createLedger(redis).note("5-0", "console", { ...at(2), sink: "console", outcome: "delivered" });
    expect((await traces.of("5-0")).attempts.map(({ sink }) => sink)).toEqual(["team", "console", "team"]);
  });

  test("are those on the list alone, where the ledger remembers no more than that it was printed", async () => {
    await traces.attempted("5-0", { ...attempt, sink: "console" });
    await createLedger(redis).note("5-0", "console");
    expect((await traces.of("5-0")).attempts).toEqual([{ ...attempt, sink: "console" }]);
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
