import { afterEach, describe, expect, test } from "@jest/globals";
import { openQueues, type Queues } from "@statuswire/queues";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { measureBacklog } from "../src/backlog.ts";
import { refusalOf } from "../src/capacity.ts";
import { type Door, openDoor } from "./door.ts";

const mib = 1024 * 1024;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe("queues with too many bytes in them", () => {
  test("let nothing more in, until they are worked off", async () => {
    const door = await open({ INGEST_MAX_QUEUE_BYTES: "20000" });
    const next = sender(door, 3000);
    const refused = await waitUntil("a refusal", async () => withStatus(await next(), 503));
    expect(await refused.json()).toMatchObject({
      title: "unavailable",
      detail: expect.stringContaining("bytes are waiting"),
    });
    await openQueues(door.redis.connect()).of("openai").observations.drain();
    await waitUntil("to be let in again", async () => withStatus(await next(), 202));
  });

  test("are not exceeded between two looks: what was accepted counts at once", async () => {
    const door = await open({ INGEST_MAX_QUEUE_BYTES: "20000" });
    const answers = await Promise.all(Array.from({ length: 30 }, sender(door, 3000)));
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(0);
    expect(accepted.length).toBeLessThan(30);
  });
});

describe("a Redis that is nearly full", () => {
  test("takes no more webhooks before it is full, and takes them again when there is room", async () => {
    const told: unknown[] = [];
    const door = await openDoor({}, (...said) => told.push(said));
    closing.push(() => door.close());
    const redis = door.redis.connect();
    const next = sender(door, 100);
    await redis.setrange("filling", 20 * mib, "x");
    await redis.config("SET", "maxmemory", String(Math.ceil((await usedMemory(redis)) * 1.2)));
    const refused = await waitUntil("a refusal", async () => withStatus(await next(), 503));
    expect(await refused.json()).toMatchObject({
      detail: expect.stringContaining("Redis is nearly out of memory (maxmemory)."),
    });
    await expect(redis.set("room", "for workers")).resolves.toBe("OK");
    await redis.config("SET", "maxmemory", "0");
    await waitUntil("to be let in again", async () => withStatus(await next(), 202));
    expect(JSON.stringify(told)).toMatch(/ingest\.full.*ingest\.freed/);
  });

  test.each([
    ["with enough room", { used: 79, added: 0 }, false],
    ["with what was accepted since", { used: 79, added: 2 }, true],
    ["from the limit on", { used: 81, added: 0 }, true],
  ])("is one %s: %j", (_when, { used, added }, isFull) => {
    const limits = { queueDepth: 1, queueBytes: 1000, memoryPercent: 80 };
    const load = { backlog: { jobs: 0, bytes: 0 }, memory: { used, limit: 100 } };
    expect(refusalOf(load, { added, limits }) !== undefined).toBe(isFull);
  });
});

describe("what waits in queues", () => {
  test("is measured whole where it is little, over all of them", async () => {
    const { redis, queues } = await openRedis();
    await queues.of("acme").observations.add("a", "x".repeat(1000));
    await queues.of("acme").polls.add("b", "x".repeat(500));
    expect(await measureBacklog(redis, [queues.of("acme").observations, queues.of("acme").polls])).toEqual({
      jobs: 2,
      bytes: 1504,
    });
  });

  test("is estimated where it is much, also when long jobs lie together", async () => {
    const { redis, queues } = await openRedis();
    const jobs = Array.from({ length: 2000 }, (_, nth) => ({
      name: "a",
      data: "x".repeat(nth < 1000 ? 98 : 998),
    }));
    await queues.of("acme").observations.addBulk(jobs);
    const { bytes } = await measureBacklog(redis, [queues.of("acme").observations]);
    expect(bytes).toBeGreaterThan(0.9 * 1_100_000);
    expect(bytes).toBeLessThan(1.1 * 1_100_000);
  });

  test("is nothing in an empty queue", async () => {
    const { redis, queues } = await openRedis();
    expect(await measureBacklog(redis, [queues.of("acme").observations])).toEqual({ jobs: 0, bytes: 0 });
  });
});

async function open(env: Record<string, string>): Promise<Door> {
  const door = await openDoor(env);
  closing.push(() => door.close());
  return door;
}

async function openRedis(): Promise<{ redis: Redis; queues: Queues }> {
  const server: FreshRedis = await freshRedis();
  closing.push(() => server.stop());
  const redis = server.connect();
  return { redis, queues: openQueues(redis) };
}

/** Posts bodies of so many random digits, each another. */
function sender(door: Door, length: number): () => Promise<Response> {
  return () => door.post("openai", `"${Array.from({ length }, () => Math.floor(Math.random() * 10)).join("")}"`);
}

function withStatus(answer: Response, status: number): Response | undefined {
  return answer.status === status ? answer : undefined;
}

async function usedMemory(redis: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);
}
