import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { type Attempt, createLedger } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
afterAll(() => server.stop());

describe("the ledger", () => {
  test("has what was noted, for that sink only", async () => {
    const ledger = createLedger(redis);
    await ledger.note("1-0", "console");
    expect(await ledger.has("1-0", "console")).toBe(true);
    expect(await ledger.has("1-0", "slack")).toBe(false);
    expect(await ledger.has("1-1", "console")).toBe(false);
  });

  test("says of each note whether it is news", async () => {
    const ledger = createLedger(redis);
    const attempt: Attempt = { sink: "console", at: "2026-03-01T12:00:00.000Z", outcome: "delivered", ms: 1 };
    expect([await ledger.note("4-0", "team"), await ledger.note("4-0", "console")]).toEqual([true, true]);
    expect([await ledger.note("4-0", "team"), await ledger.note("4-0", "console", attempt)]).toEqual([
      false,
      false,
    ]);
  });

  test("has the try by which an event arrived, where that was noted with it", async () => {
    const ledger = createLedger(redis);
    const attempt: Attempt = { sink: "console", at: "2026-03-01T12:00:00.000Z", outcome: "delivered", ms: 1 };
    await ledger.note("3-0", "console", attempt);
    await ledger.note("3-0", "team");
    expect([await ledger.has("3-0", "console"), await ledger.attempt("3-0", "console")]).toEqual([true, attempt]);
    expect(await ledger.attempt("3-0", "team")).toBeUndefined();
    expect(await ledger.attempt("3-0", "nobody")).toBeUndefined();
  });

  test("forgets in the end", async () => {
    await createLedger(redis).note("2-0", "console");
    const [key = ""] = await redis.keys("*2-0*");
    expect(await redis.pttl(key)).toBeGreaterThan(24 * 60 * 60 * 1000);
  });
});
