import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import fc from "fast-check";
import type { Redis } from "ioredis";
import {
  addLagCounts,
  createLags,
  keys,
  lagBucketOf,
  type LagCounts,
  lagQuantile,
  type Lags,
  lagTotal,
} from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let lags: Lags;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
  lags = createLags(redis);
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

const noon = Date.parse("2026-03-01T12:00:00.000Z");
const dayMs = 24 * 3_600_000;
const seen = { step: "seen", provider: "acme", sink: "" } as const;
const delivered = { step: "delivered", provider: "acme", sink: "team chat" } as const;

describe("lags", () => {
  test("are counted by the day, by step, provider, sink and bucket", async () => {
    await lags.count([{ ...seen, bucket: 7, count: 2 }], noon);
    await lags.count(
      [{ ...seen, bucket: 7, count: 1 }, ...[8, 9].map((bucket) => ({ ...delivered, bucket, count: 1 }))],
      noon,
    );
    await lags.count([{ ...seen, bucket: 7, count: 5 }], noon + dayMs);
    expect(await lags.ofDay(noon)).toEqual([
      { ...seen, counts: new Map([[7, 3]]) },
      {
        ...delivered,
        counts: new Map([
          [8, 1],
          [9, 1],
        ]),
      },
    ]);
    expect(await lags.ofDay(noon + dayMs)).toEqual([{ ...seen, counts: new Map([[7, 5]]) }]);
  });

  test("are kept for 32 days", async () => {
    await lags.count([{ ...seen, bucket: 7, count: 2 }], noon);
    const [key = ""] = await redis.keys("*lag*");
    expect(key).toBe(keys.lag(noon - dayMs / 2));
    expect(await redis.pttl(key)).toBeGreaterThan(31 * dayMs);
    expect(await redis.pttl(key)).toBeLessThanOrEqual(32 * dayMs);
  });

  test("take no more room than they may: further providers are counted as one, and none is lost", async () => {
    const few = createLags(redis, { mostFields: 2 });
    const ofProvider = (provider: string) => ({ ...delivered, provider, bucket: 7, count: 1 });
    await few.count(["one", "two", "three", "four", "one"].map(ofProvider), noon);
    await few.count(["five", "two"].map(ofProvider), noon);
    expect((await few.ofDay(noon)).map(({ provider, counts }) => [provider, lagTotal(counts)])).toEqual([
      ["one", 2],
      ["two", 2],
      ["*", 3],
    ]);
  });
});

describe("the time within which a share of lags lies", () => {
  test("is not known of nothing", () => {
    expect(lagQuantile(new Map(), 0.5)).toBeUndefined();
  });

  test("is right to 10 %", () => {
    const times = fc.array(fc.integer({ min: 1, max: 40 * dayMs }), { minLength: 1 });
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95), (all, share) => {
        const exact = all.toSorted((one, other) => one - other)[Math.ceil(share * all.length) - 1] ?? 0;
        expect(Math.abs((lagQuantile(countsOf(all), share) ?? 0) / exact - 1)).toBeLessThan(0.1);
      }),
    );
  });

  test("is the same, whether lags were counted together or apart and added up", () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 * dayMs }));
    fc.assert(
      fc.property(times, times, (some, others) => {
        const apart = addLagCounts([countsOf(some), countsOf(others)]);
        expect(lagQuantile(apart, 0.95)).toBe(lagQuantile(countsOf([...some, ...others]), 0.95));
      }),
    );
  });
});

function countsOf(times: readonly number[]): LagCounts {
  return addLagCounts(times.map((ms) => new Map([[lagBucketOf(ms), 1]])));
}
