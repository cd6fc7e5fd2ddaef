import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createLog, createStore, keys, type Store } from "../src/index.ts";
import { at, fold, says, statuses, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;
let store: Store;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(async () => {
  await redis.flushall();
  store = createStore(redis);
});
afterAll(() => server.stop());

describe("a transition", () => {
  test("moves the state and records its events", async () => {
    const { events } = await take(store, says("api", "major_outage"));
    expect(statuses(await store.known("acme"))).toEqual({ api: "major_outage" });
    expect(await logged()).toEqual(events);
  });

  test("gives the events their place, their provider and how they were heard", async () => {
    const { events } = await take(store, says("api", "major_outage"));
    expect(events).toMatchObject([
      { provider: "acme", via: "webhook", observedAt: at, seq: expect.stringMatching(/^\d+-\d+$/) },
    ]);
  });

  test("that tells nothing new writes nothing", async () => {
    await take(store, says("api", "major_outage"));
    const version = await redis.hget(keys.known("acme"), "version");
    expect((await take(store, says("api", "major_outage"))).events).toEqual([]);
    expect(await redis.hget(keys.known("acme"), "version")).toBe(version);
  });

  test("whose step throws changes nothing", async () => {
    await expect(take(store, broken)).rejects.toThrow("no such word");
    expect(await redis.keys("*")).toEqual([]);
  });

  test("of one provider leaves the others alone", async () => {
    await take(store, says("api", "major_outage"));
    await store.transition("other", says("api", "partial_outage"), { via: "poll", at });
    expect(statuses(await store.known("acme"))).toEqual({ api: "major_outage" });
    expect(await store.providers()).toEqual(["acme", "other"]);
  });

  test("removes what is known no more", async () => {
    await take(store, says("api", "major_outage"));
    await take(store, (known) => ({ known: { ...known, components: new Map() }, changes: [] }));
    expect(statuses(await store.known("acme"))).toEqual({});
  });
});

describe("steps that wait together", () => {
  test("move together, in order", async () => {
    const moved = await Promise.all([
      take(store, says("api", "major_outage")),
      take(store, says("api", "partial_outage")),
      take(store, says("web", "partial_outage")),
      take(store, says("api", "operational")),
    ]);
    expect(moved.map(({ events }) => events.map((event) => event.status))).toEqual([
      ["major_outage"],
      ["partial_outage"],
      ["partial_outage"],
      ["operational"],
    ]);
    expect(fold(await logged())).toEqual({ api: "operational", web: "partial_outage" });
  });

  test("are not hurt by one that throws", async () => {
    const outcomes = await Promise.allSettled([
      take(store, says("api", "major_outage")),
      take(store, broken),
      take(store, says("web", "partial_outage")),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(fold(await logged())).toEqual({ api: "major_outage", web: "partial_outage" });
  });
});

function broken(): never {
  throw new Error("no such word");
}

function logged() {
  return createLog(redis).after(undefined, 1000);
}
