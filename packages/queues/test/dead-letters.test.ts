import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { Job, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import {
  buryFailed,
  closeQueues,
  drop,
  findDeadLetter,
  type Grave,
  listDeadLetters,
  openQueues,
  prefix,
  type Queues,
  redrive,
} from "../src/index.ts";
import { failing } from "./stage.ts";

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

describe("a delivery that is put back", () => {
  test.each([
    ["team", 8],
    ["console", 5],
  ])("to %s is tried as often as at first", async (sink, attempts) => {
    const data = { v: 1, eventId: "evt_1", seq: "1-1", sink };
    const worker = new Worker("deliveries", () => Promise.reject(new UnrecoverableError("GoneError: gone")), {
      connection: server.connect(),
      prefix,
    });
    await queues.deliveries.add(sink, data);
    await waitUntil("it to be buried", async () => (await buryFailed(queues)).length > 0);
    await worker.close();
    const [grave] = await listDeadLetters(queues);
    const id = grave ? await redrive(queues, grave) : "";
    expect((await queues.deliveries.getJob(id))?.opts.attempts).toBe(attempts);
  });
});

describe("a job that has failed for good", () => {
  test("is buried with what it carried, and why", async () => {
    await failing(queues, redis, ["o1"]);
    const [letter] = await buryFailed(queues);
    expect(letter).toMatchObject({
      queue: "observations",
      jobId: "o1",
      data: { observations: [{ id: "o1", body: '{"id":"o1"}' }] },
      error: "UnknownProviderError",
      reason: 'No provider is called "acme".',
      attempts: 1,
      stalls: 0,
    });
    expect(await listDeadLetters(queues)).toMatchObject([{ letter }]);
  });

  test("is buried unpacked, so that people can read what it carried", async () => {
    const long = `o${"1".repeat(5000)}`;
    await failing(queues, redis, [long]);
    const [letter] = await buryFailed(queues);
    expect(letter).toMatchObject({ data: { v: 1, observations: [{ id: long }] } });
  });

  test("leaves the failed ones", async () => {
    await failing(queues, redis, ["o1"]);
    await buryFailed(queues);
    expect(await queues.of("acme").observations.getFailedCount()).toBe(0);
  });

  test("is buried once by two who do it at once", async () => {
    await failing(queues, redis, many(40));
    await Promise.all([buryFailed(queues), buryFailed(queues)]);
    expect(await listDeadLetters(queues)).toHaveLength(40);
    expect(await queues.of("acme").observations.getFailedCount()).toBe(0);
  });

  test("is buried once when who did it died before the end", async () => {
    await failing(queues, redis, ["o1"]);
    const dying = jest.spyOn(Job.prototype, "remove").mockRejectedValueOnce(new Error("killed"));
    await expect(buryFailed(queues)).rejects.toThrow("killed");
    dying.mockRestore();
    await buryFailed(queues);
    expect(await listDeadLetters(queues)).toHaveLength(1);
    expect(await queues.of("acme").observations.getFailedCount()).toBe(0);
  });

  test("is buried with all the others, however many", async () => {
    await failing(queues, redis, many(250));
    expect(await buryFailed(queues)).toHaveLength(250);
  });

  test("is buried when it was found stalled too often", async () => {
    await stalling("o1");
    expect(await buryFailed(queues)).toMatchObject([{ jobId: "o1", error: "StalledError" }]);
  });

  test("is left where it is when it is a poll", async () => {
    await queues.of("acme").polls.add("acme", { v: 1, provider: "acme" });
    const worker = new Worker(queues.of("acme").polls.name, () => Promise.reject(new Error("no")), {
      connection: redis,
      prefix,
    });
    await waitUntil("the poll to fail", () => queues.of("acme").polls.getFailedCount());
    await worker.close();
    expect(await buryFailed(queues)).toEqual([]);
  });
});

describe("the dead letters", () => {
  test("are listed newest first", async () => {
    await bury("o1");
    await bury("o2");
    expect((await listDeadLetters(queues)).map(({ letter }) => letter.jobId)).toEqual(["o2", "o1"]);
  });

  test("are found by their id", async () => {
    const grave = await bury("o1");
    expect(await findDeadLetter(queues, grave.id)).toEqual(grave);
    expect(await findDeadLetter(queues, "nobody")).toBeUndefined();
  });

  test("can be dropped, once", async () => {
    const { id } = await bury("o1");
    expect([await drop(queues, id), await drop(queues, id)]).toEqual([true, false]);
    expect(await listDeadLetters(queues)).toEqual([]);
  });
});

describe("a dead letter that is redriven", () => {
  test("is its job again, with all its tries before it", async () => {
    const grave = await bury("o1");
    const job = await queues.of("acme").observations.getJob(await redrive(queues, grave));
    expect(job).toMatchObject({ name: "acme", data: grave.letter.data, attemptsMade: 0, opts: { attempts: 5 } });
    expect(await listDeadLetters(queues)).toEqual([]);
  });

  test("twice, at once or after a crash, runs once", async () => {
    const grave = await bury("o1");
    await Promise.all([redrive(queues, grave), redrive(queues, grave)]);
    await redrive(queues, grave);
    expect(await queues.of("acme").observations.getWaitingCount()).toBe(1);
  });

  test("is buried again when it fails again", async () => {
    const id = await redrive(queues, await bury("o1"));
    await failing(queues, redis, [id]);
    await buryFailed(queues);
    expect(await listDeadLetters(queues)).toMatchObject([{ letter: { jobId: id } }]);
  });

  test("for a queue that there is not any more stays, and says so", async () => {
    const grave = await bury("o1");
    const strange = { ...grave, letter: { ...grave.letter, queue: "sonnets" } };
    await expect(redrive(queues, strange)).rejects.toThrow("There is no queue called");
    expect(await listDeadLetters(queues)).toHaveLength(1);
  });
});

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `o${index}`);
}

async function bury(id: string): Promise<Grave> {
  await failing(queues, redis, [id]);
  await buryFailed(queues);
  const [newest] = await listDeadLetters(queues, 1);
  if (!newest) throw new Error("Nothing was buried.");
  return newest;
}

/** Has a worker die with a job in hand, more often than is borne. */
async function stalling(id: string): Promise<void> {
  await queues.of("acme").observations.add("acme", {}, { jobId: id });
  const options = { connection: redis, prefix, lockDuration: 50, stalledInterval: 50, maxStalledCount: 0 };
  const dying = new Worker(queues.of("acme").observations.name, undefined, {
    ...options,
    autorun: false,
    skipLockRenewal: true,
  });
  await dying.getNextJob("dead");
  const next = new Worker(queues.of("acme").observations.name, () => Promise.resolve(), options);
  await waitUntil("the job to be given up", () => queues.of("acme").observations.getFailedCount());
  await Promise.all([dying.close(), next.close()]);
}
