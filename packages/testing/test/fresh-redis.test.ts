import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Redis } from "ioredis";
import { freshRedis, waitUntil, type FreshRedis } from "../src/index.ts";

describe("a fresh Redis", () => {
  let redis: FreshRedis;

  beforeEach(async () => {
    redis = await freshRedis({ appendOnly: true });
  });
  afterEach(() => redis.stop());

  test("is empty and takes commands", async () => {
    await expect(redis.connect().dbsize()).resolves.toBe(0);
  });

  test("comes back from a crash at the same path, with its data", async () => {
    const client = redis.connect();
    await client.set("kept", "yes");
    await redis.crash();
    await redis.revive();
    await expect(client.get("kept")).resolves.toBe("yes");
  });
});

describe("stopping a fresh Redis", () => {
  test("throws while the code under test has a connection open, and names it", async () => {
    const redis = await freshRedis();
    const leak = new Redis(redis.path, { connectionName: "forgotten-queue", retryStrategy: () => null });
    await leak.ping();
    await expect(redis.stop()).rejects.toThrow(/Left open.*forgotten-queue/);
    await waitUntil("the connection to end", () => leak.status === "end");
  });

  test("is quiet after a crash", async () => {
    const redis = await freshRedis();
    await redis.crash();
    await expect(redis.stop()).resolves.toBeUndefined();
  });
});
