import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { LeaseLostError } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createLog, createStore, keys, type Store } from "../src/index.ts";
import { says, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;
let store: Store;
let conflicts: string[];

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(async () => {
  await redis.flushall();
  conflicts = [];
  const fence = { field: "owner:3", token: "7 me" };
  store = createStore(redis, { fenceOf: () => fence, conflicted: (provider) => void conflicts.push(provider) });
  await redis.hset(keys.leases, "owner:3", "7 me");
});
afterAll(() => server.stop());

describe("a write under a lease", () => {
  test("is made while the lease is held", async () => {
    await take(store, says("api", "major_outage"));
    expect(await createLog(redis).after(undefined, 10)).toHaveLength(1);
  });

  test("is refused once another holds the lease, and leaves nothing behind", async () => {
    await redis.hset(keys.leases, "owner:3", "8 other");
    await expect(take(store, says("api", "major_outage"))).rejects.toBeInstanceOf(LeaseLostError);
    expect(await redis.keys("*")).toEqual([keys.leases]);
  });

  test("is refused once nobody holds the lease", async () => {
    await redis.del(keys.leases);
    await expect(take(store, says("api", "major_outage"))).rejects.toBeInstanceOf(LeaseLostError);
  });

  test("conflicts with nobody, as long as all who write hold it", async () => {
    for (const status of ["major_outage", "operational", "partial_outage"] as const)
      await take(store, says("api", status));
    expect(conflicts).toEqual([]);
  });

  test("that somebody without a lease has overtaken is counted, and made again", async () => {
    await take(store, says("api", "major_outage"));
    await take(createStore(redis), says("web", "major_outage"));
    await take(store, says("api", "operational"));
    expect(conflicts).toEqual(["acme"]);
    expect((await store.known("acme")).components.size).toBe(2);
  });

  test("begins with what another has written in the meantime, once told to forget", async () => {
    await take(store, says("api", "major_outage"));
    await take(createStore(redis), says("web", "major_outage"));
    store.forget((provider) => provider === "acme");
    await take(store, says("api", "operational"));
    expect(conflicts).toEqual([]);
  });
});
