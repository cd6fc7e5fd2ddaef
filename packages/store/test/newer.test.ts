import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { NewerVersionError } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createLog, createStore, joinGroup, keys } from "../src/index.ts";
import { says, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

describe("what a newer version knows of a provider", () => {
  test("is not read, and not written over", async () => {
    await take(createStore(redis), says("c1", "major_outage"));
    await redis.hset(keys.known("acme"), "v", "2", "version", "9".repeat(16));
    const before = await redis.hgetall(keys.known("acme"));
    await expect(createStore(redis).known("acme")).rejects.toBeInstanceOf(NewerVersionError);
    await expect(take(createStore(redis), says("c2", "major_outage"))).rejects.toBeInstanceOf(NewerVersionError);
    expect(await redis.hgetall(keys.known("acme"))).toEqual(before);
  });

  test("is not written over by one that has the older at hand", async () => {
    const store = createStore(redis);
    await take(store, says("c1", "major_outage"));
    await redis.hset(keys.known("acme"), "v", "2", "version", "9".repeat(16));
    await expect(take(store, says("c2", "major_outage"))).rejects.toBeInstanceOf(NewerVersionError);
  });
});

describe("an event that a newer version has recorded", () => {
  test("is left for one of them to take", async () => {
    await redis.xadd(keys.events, "*", "v", "2", "id", "evt_future", "event", "{}");
    const group = joinGroup({ redis, blocking: server.connect() }, { group: "readers", consumer: "old" });
    expect(await group.next({ blockMs: 50 })).toEqual([]);
    const [pending] = await redis.xpending(keys.events, "readers");
    expect(pending).toBe(1);
  });

  test("is not taken for one that is gone", async () => {
    const seq = await redis.xadd(keys.events, "*", "v", "2", "id", "evt_future", "event", "{}");
    await expect(createLog(redis).at(seq ?? "")).rejects.toBeInstanceOf(NewerVersionError);
  });
});
