import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createCounters, keys, type Counters } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let counters: Counters;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
  counters = createCounters(redis);
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

const counter = { name: "changes:acme:api", forMs: 1000 };
const one = { seq: "5000-0", provider: "acme" };
const next = { seq: "5500-0", provider: "acme" };

describe("a counter", () => {
  test("answers with all that count, each once however often it was counted", async () => {
    await counters.count(counter, one);
    await counters.count(counter, next);
    expect(await counters.count(counter, one)).toEqual([one, next]);
  });

  test("forgets what is twice as old as it looks back", async () => {
    await counters.count(counter, one);
    const late = { seq: "7001-0", provider: "acme" };
    expect(await counters.count(counter, late)).toEqual([late]);
  });

  test("knows its newest", async () => {
    expect(await counters.newest(counter)).toBeUndefined();
    await counters.count(counter, next);
    await counters.count(counter, one);
    expect(await counters.newest(counter)).toBe("5500-0");
  });

  test("is gone when nobody counts any more", async () => {
    await counters.count(counter, one);
    expect(await redis.pttl(keys.counter(counter.name))).toBeGreaterThan(0);
  });
});
