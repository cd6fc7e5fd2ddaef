import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { Worker } from "bullmq";
import { closeQueues, openQueues, prefix, type Queues, reclaim } from "../src/index.ts";

let redis: FreshRedis;
let queues: Queues;

beforeAll(async () => {
  redis = await freshRedis();
  queues = openQueues(redis.connect(), 1);
});
afterAll(async () => {
  await closeQueues(queues);
  await redis.stop();
});

test("a job whose holder was killed is done first, and counts as stalled, long before its lock has run out", async () => {
  const queue = queues.of("acme").observations;
  const connection = redis.connect();
  const day = 24 * 3600 * 1000;
  const options = { connection, prefix, lockDuration: day, stalledInterval: day };
  const done: (string | number | undefined)[][] = [];
  for (const jobId of ["first", "second"]) await queue.add("acme", {}, { jobId });
  const killed = new Worker(queue.name, undefined, { ...options, autorun: false, skipLockRenewal: true });
  // The one that is killed has looked for stalled jobs lately, and has taken this job since.
  await killed.startStalledCheckTimer();
  await waitUntil("its look", () => connection.exists(queue.toKey("stalled-check")));
  await killed.getNextJob("killed");

  expect(await reclaim(connection, [queue])).toBe(1);

  const next = new Worker(
    queue.name,
    async ({ id, stalledCounter }) => void done.push([id, stalledCounter]),
    options,
  );
  await waitUntil("both to be done", () => done.length === 2);
  expect(done).toEqual([
    ["first", 1],
    ["second", 0],
  ]);
  await Promise.all([killed.close(true), next.close()]);
});
