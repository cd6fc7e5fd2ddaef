import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import {
  buryFailed,
  closeQueues,
  isolate,
  listDeadLetters,
  openQueues,
  prefix,
  type Queues,
  redrive,
} from "../src/index.ts";
import { observation } from "./stage.ts";

const [one, other] = [observation("o1"), observation("o2")];

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
afterEach(() => closeQueues(queues));
afterAll(() => server.stop());

describe("what a process did not survive", () => {
  test("goes into quarantine whole", async () => {
    await put();
    const carried = (await waiting()).map(({ data }) => data as unknown);
    expect(carried).toEqual([{ v: 1, observations: [one, other] }]);
  });

  test("goes there once, however many do it", async () => {
    await Promise.all([put(), put()]);
    expect(await waiting()).toHaveLength(1);
  });

  test("does not go there again when who put it there died so late that it is buried already", async () => {
    await put();
    await failOne();
    await buryFailed(queues);
    await put();
    expect(await waiting()).toEqual([]);
  });

  test("goes there again once its grave is empty", async () => {
    await put();
    await failOne();
    await buryFailed(queues);
    const [grave] = await listDeadLetters(queues);
    if (grave) await redrive(queues, grave);
    await put();
    expect((await waiting()).map(({ id }) => id)).toContainEqual(expect.stringMatching(/^batch-/));
  });
});

function put(): Promise<string | undefined> {
  return isolate(queues, queues.of("acme"), { v: 1, observations: [one, other] });
}

function waiting() {
  return queues.of("acme").quarantine.getWaiting();
}

/** Has the first that waits fail for good. */
async function failOne(): Promise<void> {
  const fail = async () => {
    await worker.pause(true);
    throw new UnrecoverableError("PayloadError: no");
  };
  const worker = new Worker(queues.of("acme").quarantine.name, fail, { connection: redis, prefix });
  await waitUntil("it to fail", async () => (await queues.of("acme").quarantine.getFailedCount()) === 1);
  await worker.close();
}
