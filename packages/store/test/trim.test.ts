import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { keys, trimLog } from "../src/index.ts";

let server: Awaited<ReturnType<typeof freshRedis>>;
let redis: Redis;

beforeEach(async () => {
  server = await freshRedis();
  redis = server.connect();
  for (const minute of [1, 2, 3]) await redis.xadd(keys.events, `${minute * 60_000}-0`, "id", "x", "event", "{}");
});
afterEach(() => server.stop());

describe("the event log", () => {
  test("forgets what is older than wanted", async () => {
    expect(await trim()).toBe(2);
    expect(await left()).toEqual(["180000-0"]);
  });

  test("forgets nothing that a group has not taken", async () => {
    await redis.xgroup("CREATE", keys.events, "slow", "60000-0");
    await trim();
    expect(await left()).toEqual(["60000-0", "120000-0", "180000-0"]);
  });

  test("forgets nothing that a member has in hand", async () => {
    await redis.xgroup("CREATE", keys.events, "busy", "0");
    await redis.xreadgroup("GROUP", "busy", "one", "COUNT", 3, "STREAMS", keys.events, ">");
    await trim();
    expect(await left()).toEqual(["60000-0", "120000-0", "180000-0"]);
    await redis.xack(keys.events, "busy", "60000-0", "120000-0", "180000-0");
    await trim();
    expect(await left()).toEqual(["180000-0"]);
  });

  test("that is not there yet is left alone", async () => {
    await redis.del(keys.events);
    expect(await trim()).toBe(0);
  });
});

/** Keeps a quarter of a minute, a little after the third event. */
function trim(): Promise<number> {
  return trimLog(redis, { keepMs: 15_000, now: 185_000 });
}

async function left(): Promise<string[]> {
  return (await redis.xrange(keys.events, "-", "+")).map(([seq]) => seq);
}
