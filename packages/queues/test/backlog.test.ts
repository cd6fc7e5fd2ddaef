import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { type Backlog, backlogsOf, closeQueues, openQueues, prefix, type Queues } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let queues: Queues;
let parts: Queue[];
let worker: Worker | undefined;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(async () => {
  await redis.flushall();
  queues = openQueues(redis);
  parts = ["polls-00", "polls-01"].map(
    (name) => new Queue(name, { connection: redis, prefix, skipVersionCheck: true }),
  );
});
afterEach(async () => {
  await worker?.close(true);
  worker = undefined;
  await Promise.all([closeQueues(queues), ...parts.map((part) => part.close())]);
});
afterAll(() => server.stop());

const noon = Date.parse("2026-03-01T12:00:00.000Z");

describe("a backlog", () => {
  test("is how many jobs of a kind there are in each state, over all its queues", async () => {
    await Promise.all(parts.map((part) => part.add("acme", {}, { timestamp: noon })));
    await parts[0]?.add("acme", {}, { delay: 60_000 });
    expect(await backlog("polls", noon)).toEqual({
      kind: "polls",
      ...{ waiting: 2, active: 0, delayed: 1, failed: 0 },
      dueSince: noon,
    });
  });

  test("is due since nothing when there is no job", async () => {
    expect(await backlog("deliveries", noon)).toMatchObject({ waiting: 0, dueSince: undefined });
  });

  test("is due since the oldest job was queued that waits", async () => {
    for (const minutes of [3, 1, 2]) await parts[1]?.add("acme", {}, { timestamp: noon + minutes * 60_000 });
    await parts[0]?.add("acme", {}, { timestamp: noon + 5 * 60_000 });
    expect(await backlog("polls", noon)).toMatchObject({ dueSince: noon + 3 * 60_000 });
  });

  test("is due since a delayed job's time has come, when nobody takes it", async () => {
    await parts[0]?.add("acme", {}, { timestamp: noon, delay: 60_000 });
    expect(await backlog("polls", noon + 59_000)).toMatchObject({ dueSince: undefined });
    expect(await backlog("polls", noon + 90_000)).toMatchObject({ delayed: 1, dueSince: noon + 60_000 });
  });

  test("is due since the oldest job was queued that is being done", async () => {
    worker = new Worker("polls-00", () => new Promise(() => undefined), { connection: redis, prefix });
    await parts[0]?.add("acme", {}, { timestamp: noon });
    await waitUntil("it to be taken", async () => (await parts[0]?.getActiveCount()) === 1);
    expect(await backlog("polls", noon)).toMatchObject({ active: 1, dueSince: noon });
  });

  test("is due since a job that is tried again was last tried", async () => {
    const started = Date.now();
    worker = new Worker("polls-00", () => Promise.reject(new Error("No.")), { connection: redis, prefix });
    await parts[0]?.add("acme", {}, { timestamp: noon, attempts: 2, backoff: 1e6 });
    await waitUntil("it to fail", async () => (await parts[0]?.getDelayedCount()) === 1);
    await worker.close();
    for (const job of (await parts[0]?.getDelayed()) ?? []) await job.promote();
    expect((await backlog("polls", noon))?.dueSince).toBeGreaterThanOrEqual(started);
  });
});

async function backlog(kind: string, now: number): Promise<Backlog | undefined> {
  const all = [queues.deliveries, ...parts];
  return (await backlogsOf(all, { redis, now })).find((one) => one.kind === kind);
}
