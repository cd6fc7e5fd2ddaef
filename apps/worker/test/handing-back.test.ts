import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { closeQueues, openQueues, type Queues } from "@statuswire/queues";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Worker } from "bullmq";
import { closeWorkers, openWorker } from "../src/workers.ts";

let server: FreshRedis;
let queues: Queues;
let worker: Worker;
let finish: () => void;
let started: number;

beforeEach(async () => {
  server = await freshRedis();
  queues = openQueues(server.connect());
  const finished = new Promise<void>((resolve) => (finish = resolve));
  started = 0;
  const process = () => {
    started++;
    return finished;
  };
  const rest = { process, failed: () => undefined, tell: () => undefined };
  worker = openWorker({
    name: queues.of("acme").observations.name,
    kind: "observations",
    concurrency: 5,
    redis: server.connect(),
    ...rest,
  });
});
afterEach(async () => {
  finish();
  await worker.close();
  await closeQueues(queues);
  await server.stop();
});

describe("a worker that is told to stop", () => {
  test("hands back what it can't finish in time, for another to take up at once", async () => {
    await takeUp(3);
    await closeWorkers([worker], 50);
    const jobs = await queues.of("acme").observations.getWaiting();
    expect(jobs.map(({ attemptsMade, stalledCounter }) => [attemptsMade, stalledCounter])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  test("finishes what it can", async () => {
    await takeUp(3);
    const closing = closeWorkers([worker], 60_000);
    finish();
    await closing;
    expect(await queues.of("acme").observations.getCompletedCount()).toBe(3);
  });
});

async function takeUp(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await queues.of("acme").observations.add("acme", {});
  await waitUntil("them to be in hand", () => started === count);
}
