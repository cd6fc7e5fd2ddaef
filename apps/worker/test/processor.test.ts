import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { closeQueues, type Observation, openQueues, pack, type Queues } from "@statuswire/queues";
import { PermanentError, RetryLaterError } from "@statuswire/status";
import type { Tell } from "@statuswire/telemetry";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Worker } from "bullmq";
import { z } from "zod";
import { createProcessor } from "../src/processor.ts";
import { closeWorkers, openWorker } from "../src/workers.ts";

let server: FreshRedis;
let queues: Queues;
let worker: Worker;
let told: unknown[];

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(async () => {
  told = [];
  const redis = server.connect();
  await redis.flushall();
  queues = openQueues(redis);
});
afterEach(async () => {
  await closeWorkers([worker], 10_000);
  await closeQueues(queues);
});
afterAll(() => server.stop());

describe("a job", () => {
  test("that succeeds is done", async () => {
    const job = await run(() => Promise.resolve(42));
    expect(await ended(job)).toMatchObject({ returnvalue: 42, attemptsMade: 1 });
  });

  test("that can't succeed fails at once, and keeps the error's name", async () => {
    const job = await run(() => Promise.reject(new NoSuchThingError("It is not there.")));
    expect(await ended(job)).toMatchObject({
      attemptsMade: 1,
      failedReason: "NoSuchThingError: It is not there.",
    });
  });

  test("that carries what it should not fails at once", async () => {
    const job = await run(() => Promise.resolve(1), { v: "one" });
    expect(await ended(job)).toMatchObject({
      attemptsMade: 1,
      failedReason: expect.stringMatching(/^JobDataError: /),
    });
  });

  test("that carries a packed batch is done", async () => {
    const receivedAt = "2025-11-03T14:32:00.000Z";
    const long: Observation = { id: "o1", provider: "acme", via: "webhook", receivedAt, body: "x".repeat(10_000) };
    const packed = pack({ v: 1, observations: [long] });
    expect(packed).toHaveProperty("packed");
    expect(await ended(await run(() => Promise.resolve(42), packed))).toMatchObject({ returnvalue: 42 });
  });

  test("whose packed data was cut off fails at once", async () => {
    const job = await run(() => Promise.resolve(1), { v: 2, packed: "GxI" });
    expect(await ended(job)).toMatchObject({
      attemptsMade: 1,
      failedReason: expect.stringMatching(/^PackingError: /),
    });
  });

  test("that a newer version has written is left to it, and spends no attempt on that", async () => {
    const id = await run(() => Promise.resolve(1), { v: 2 });
    const job = await waitUntil("it to wait", async () => (await queues.deliveries.getDelayed())[0]);
    expect(job).toMatchObject({ id, attemptsMade: 0 });
  });

  test("that fails is tried five times, and each is told", async () => {
    const job = await run(() => Promise.reject(new Error("reset")));
    expect(await ended(job)).toMatchObject({ attemptsMade: 5, failedReason: "Error: reset" });
    expect(told).toMatchObject([1, 2, 3, 4].map((attempt) => ["job.retried", { queue: "deliveries", attempt }]));
  });

  test("that fails with what is no error has a reason all the same", async () => {
    const job = await run(() => Promise.reject("out of ink"));
    expect(await ended(job)).toMatchObject({ failedReason: "Error: out of ink" });
  });

  test("that succeeds in the end is done", async () => {
    let tries = 0;
    const job = await run(() => (++tries < 3 ? Promise.reject(new Error("reset")) : Promise.resolve(tries)));
    expect(await ended(job)).toMatchObject({ returnvalue: 3 });
  });

  test("that is asked to wait, however often, spends no attempt on it", async () => {
    let tries = 0;
    const later = () => Promise.reject(new RetryLaterError("slow down", { delayMs: 1 }));
    const job = await run(() => (++tries < 20 ? later() : Promise.resolve(tries)));
    expect(await ended(job)).toMatchObject({ returnvalue: 20, attemptsMade: 1 });
  });
});

describe("a job over which a process has died", () => {
  test("is isolated, and not done here again", async () => {
    const { id = "" } = await queues.deliveries.add("console", { v: 1 });
    await server.connect().hset(queues.deliveries.toKey(id), "stc", 1);
    const isolated: unknown[] = [];
    open(
      () => Promise.reject(new Error("It was done again.")),
      async (data) => void isolated.push(data),
    );
    expect(await ended(id)).toMatchObject({ returnvalue: "isolated", attemptsMade: 1 });
    expect(isolated).toEqual([{ v: 1 }]);
  });
});

class NoSuchThingError extends PermanentError {
  override readonly name = "NoSuchThingError";
}

async function run(perform: () => Promise<unknown>, data: object = { v: 1 }): Promise<string> {
  open(perform);
  const job = await queues.deliveries.add("console", data, { backoff: { type: "fixed", delay: 1 } });
  return job.id ?? "";
}

function open(perform: () => Promise<unknown>, isolate?: (data: unknown) => Promise<void>): void {
  const tell: Tell = (...happening) => void told.push(happening);
  worker = openWorker({
    name: "deliveries",
    kind: "deliveries",
    concurrency: 1,
    redis: server.connect(),
    process: createProcessor({ data: z.object({ v: z.literal(1) }), perform, isolate, tell }),
    failed: () => undefined,
    tell,
  });
}

async function ended(id: string) {
  return waitUntil("the job to end", async () => {
    const job = await queues.deliveries.getJob(id);
    return job?.finishedOn ? job : undefined;
  });
}
