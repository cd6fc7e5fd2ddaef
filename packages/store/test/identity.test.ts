import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createStore } from "../src/index.ts";
import { at, says } from "./course.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

describe("an event's id", () => {
  test("is the same whenever, and however, the same change is heard", async () => {
    const first = await idOf("acme", { via: "poll", at });
    await redis.flushall();
    expect(await idOf("acme", { via: "webhook", at: "2026-03-02T10:00:00.000Z" })).toBe(first);
  });

  test("differs from that of another provider's same change", async () => {
    expect(await idOf("acme", { via: "poll", at })).not.toBe(await idOf("other", { via: "poll", at }));
  });
});

async function idOf(provider: string, how: { via: "poll" | "webhook"; at: string }) {
  const { events } = await createStore(redis).transition(provider, says("api", "major_outage"), how);
  return events[0]?.id;
}
