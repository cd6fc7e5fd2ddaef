import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { Redis } from "ioredis";
import { type Line, openLine } from "../src/rig/proxy.ts";
import type { Stage } from "../src/rig/stage.ts";

let server: FreshRedis;
let line: Line;
let redis: Redis;
let ends: (() => Promise<unknown>)[];

beforeEach(async () => {
  ends = [];
  server = await freshRedis();
  line = await openLine({ defer: (end) => void ends.push(end) } as Stage, server.path);
  redis = new Redis(line.url, {
    maxRetriesPerRequest: 0,
    disconnectTimeout: 50,
    retryStrategy: () => 20,
    commandTimeout: 300,
  });
  redis.on("error", () => undefined);
  await redis.set("key", "value");
});
afterEach(async () => {
  redis.disconnect();
  for (const end of ends) await end();
  await server.stop();
});

describe("a line to Redis", () => {
  test("carries", async () => {
    expect(await redis.get("key")).toBe("value");
  });

  test("that refuses cuts what there is, and carries again afterwards", async () => {
    await line.become({ kind: "refuse" });
    await expect(redis.get("key")).rejects.toThrow();
    await line.become({ kind: "pass" });
    const get = () => redis.get("key").catch(() => undefined);
    expect(await waitUntil("an answer", get)).toBe("value");
  });

  test("that is a black hole says nothing", async () => {
    await line.become({ kind: "black-hole" });
    await expect(redis.get("key")).rejects.toThrow("Command timed out");
  });

  test("answers errors itself, one for each command", async () => {
    await line.become({ kind: "error", message: "LOADING not yet" });
    const answers = await Promise.allSettled([redis.get("key"), redis.get("key")]);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  test("loses the answer to what has been done", async () => {
    line.inspect((piece) => (piece === "answer" ? "cut" : "carry"));
    await expect(redis.set("key", "done")).rejects.toThrow();
    line.inspect(undefined);
    expect(await server.connect().get("key")).toBe("done");
  });
});
