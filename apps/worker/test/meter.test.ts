import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createMeter } from "../src/partitions/meter.ts";

const waitKey = "wait";
let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

describe("the load of a partition", () => {
  test("goes on from what its holder before has measured", async () => {
    const load = await createMeter({ redis, waitKey, initial: 200 }).load();
    expect(load).toBeGreaterThan(190);
    expect(load).toBeLessThanOrEqual(200);
  });

  test("grows with what is done, and more with what waits", async () => {
    const [calm, behind] = [0, 1].map(() => createMeter({ redis, waitKey, initial: 0 }));
    await calm?.observed(50, Promise.resolve());
    const ofCalm = (await calm?.load()) ?? 0;
    await redis.lpush(waitKey, ...Array.from({ length: 1000 }, (_, index) => index));
    await behind?.observed(50, Promise.resolve());
    expect(ofCalm).toBeGreaterThan(0);
    expect(await behind?.load()).toBeGreaterThan(ofCalm);
  });

  test("costs Redis nothing while nothing is done", async () => {
    const meter = createMeter({ redis, waitKey, initial: 0 });
    const asked = async () => /cmdstat_llen:calls=(\d+)/.exec(await redis.info("commandstats"))?.[1] ?? "0";
    const before = await asked();
    await meter.load();
    expect(await asked()).toBe(before);
    await meter.polled(Promise.resolve());
    await meter.load();
    expect(Number(await asked())).toBe(Number(before) + 1);
  });
});
