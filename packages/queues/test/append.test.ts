import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import {
  addAlone,
  closeQueues,
  createAppend,
  groupCommit,
  jobsFor,
  openQueues,
  partitionOf,
  type Queues,
} from "../src/index.ts";
import { observation } from "./stage.ts";

let server: FreshRedis;
let redis: Redis;
let queues: Queues;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(async () => {
  await redis.flushall();
  queues = openQueues(redis);
});
afterAll(async () => {
  await closeQueues(queues);
  await server.stop();
});

/** Of three partitions. */
const providers = ["acme", "openai", "github"];

describe("jobs that are appended to several queues", () => {
  test("are such as BullMQ adds", async () => {
    const one = observation("o1");
    await createAppend(redis)(jobsFor([one], 16));
    const ours = await traces();
    await redis.flushall();
    await addAlone(queues, [one]);
    expect(ours).toEqual(await traces());
  });

  test("are all there, each in the queue of its provider's partition", async () => {
    const all = providers.map((provider) => observation(`of-${provider}`, provider));
    await createAppend(redis)(jobsFor(all, 16));
    for (const { id, provider } of all)
      expect((await queues.of(provider).observations.getWaiting()).map((job) => job.id)).toEqual([id]);
  });

  test("are all refused when Redis refuses", async () => {
    const append = createAppend(redis);
    await append([]);
    await redis.config("SET", "maxmemory", "1");
    await expect(
      append(
        jobsFor(
          providers.map((provider) => observation("o1", provider)),
          16,
        ),
      ),
    ).rejects.toThrow("OOM");
    await redis.config("SET", "maxmemory", "0");
    expect(await redis.keys("*:wait")).toEqual([]);
  });

  test("change nothing when they are appended again", async () => {
    const append = createAppend(redis);
    await append(jobsFor([observation("o1")], 16));
    await append(jobsFor([observation("o1")], 16));
    expect(await queues.of("acme").observations.getWaitingCount()).toBe(1);
  });

  test("wait ahead of all others, if they are to", async () => {
    const append = createAppend(redis);
    await append(jobsFor([observation("new")], 16));
    await append(jobsFor([observation("old")], 16), { isFirst: true });
    expect((await queues.of("acme").observations.getWaiting()).map(({ id }) => id)).toEqual(["old", "new"]);
  });
});

describe("observations of several providers that come at once", () => {
  test("keep each provider's order", async () => {
    const all = Array.from({ length: 300 }, (_, index) =>
      observation(`o${String(index).padStart(3, "0")}`, providers[index % 3] ?? ""),
    );
    const { add } = groupCommit(redis, { partitions: () => 16 });
    await Promise.all(all.map(add));
    for (const provider of providers) {
      const jobs = await queues.of(provider).observations.getWaiting(0, -1);
      const ids = jobs.flatMap(({ data }) => (data as { observations: { id: string }[] }).observations);
      expect(ids.map(({ id }) => id)).toEqual(all.filter((one) => one.provider === provider).map(({ id }) => id));
    }
  });

  test("are refused until it is known how many partitions there are", async () => {
    const { add } = groupCommit(redis, { partitions: () => undefined });
    await expect(add(observation("o1"))).rejects.toThrow("how many partitions");
  });
});

describe("providers", () => {
  test("are spread evenly over the partitions", () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (let index = 0; index < 16_000; index++) {
      const partition = partitionOf(`provider-${index}`, 16);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1200);
  });
});

/** All that stands in Redis, but for the queue's own counters and its event stream. */
async function traces(): Promise<Record<string, unknown>> {
  const keys = (await redis.keys("*")).filter((key) => !/:(events|id|meta)$/.test(key));
  const entries = await Promise.all(keys.map(async (key) => [key, await contentOf(key)] as const));
  return Object.fromEntries(entries);
}

async function contentOf(key: string): Promise<unknown> {
  const type = await redis.type(key);
  if (type === "list") return redis.lrange(key, 0, -1);
  if (type === "zset") return redis.zrange(key, 0, "-1", "WITHSCORES");
  const { timestamp: _timestamp, opts = "{}", ...fields } = await redis.hgetall(key);
  return { ...fields, opts: JSON.parse(opts) as unknown };
}
