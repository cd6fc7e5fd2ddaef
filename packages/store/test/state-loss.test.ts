import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createLog, createStore } from "../src/index.ts";
import { fold, says, statuses, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

describe("a state that is lost under a running process", () => {
  test("is begun anew", async () => {
    const store = createStore(redis);
    await take(store, says("api", "major_outage"));
    await redis.flushall();
    await take(store, says("web", "partial_outage"));
    expect(statuses(await store.known("acme"))).toEqual({ web: "partial_outage" });
  });

  test("is not taken for the old one when another process has moved it as often", async () => {
    const [mine, others] = [createStore(redis), createStore(redis)];
    await take(mine, says("api", "major_outage"));
    await redis.flushall();
    await take(others, says("web", "partial_outage"));
    await take(mine, says("api", "operational"));
    const events = await createLog(redis).after(undefined, 10);
    expect(fold(events)).toEqual(statuses(await mine.known("acme")));
  });
});
