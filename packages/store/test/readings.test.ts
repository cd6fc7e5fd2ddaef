import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createReadings, type Readings } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let readings: Readings;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
  readings = createReadings(redis);
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

describe("a reading", () => {
  test("of a page never polled has no failures and may be taken now", async () => {
    expect(await readings.of("acme")).toMatchObject({ way: 0, failures: 0, notBefore: 0 });
  });

  test("remembers what is noted, beside what was", async () => {
    await readings.note("acme", { etag: 'W/"1"', failures: 2 });
    await readings.note("acme", { way: 1, notBefore: 1_762_180_320_000 });
    expect(await readings.of("acme")).toMatchObject({
      way: 1,
      failures: 2,
      notBefore: 1_762_180_320_000,
      etag: 'W/"1"',
    });
  });

  test("forgets what is noted as undefined", async () => {
    await readings.note("acme", { etag: 'W/"1"', hash: "abc" });
    await readings.note("acme", { etag: undefined });
    expect(await readings.of("acme")).toMatchObject({ hash: "abc" });
    expect(await readings.of("acme")).not.toHaveProperty("etag");
  });

  test("is each provider's own", async () => {
    await readings.note("acme", { hash: "abc" });
    expect(await readings.of("other")).not.toHaveProperty("hash");
  });
});
