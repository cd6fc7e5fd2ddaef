import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  type Batch,
  closeQueues,
  createDeferred,
  createLeases,
  type Lease,
  listDeadLetters,
  type Observation,
  openQueues,
  partitionOf,
  type Queues,
} from "@statuswire/queues";
import { PayloadError, RetryLaterError } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createFlow, createObserveAll, type Flow } from "../src/partitions/flow.ts";
import { webhook } from "./stage.ts";

let server: FreshRedis;
let redis: Redis;
let queues: Queues;
let lease: Lease;
let flow: Flow;
/** What was recorded, in order: `acme 1`. */
let recorded: string[];
/** What fails: all that a provider says, as when its state can't be written, or one observation. */
let failing: Map<string, Error>;

const partition = partitionOf("acme", 16);
const neighbour = neighbourOf("acme");

beforeEach(async () => {
  server = await freshRedis();
  redis = server.connect();
  queues = openQueues(redis);
  [recorded, failing] = [[], new Map()];
  lease = await claim("worker");
  flow = await open(lease);
});
afterEach(async () => {
  await closeQueues(queues);
  await server.stop();
});

describe("a partition's observations", () => {
  test("are recorded in order", async () => {
    await flow.perform(batch(["acme", 1], [neighbour, 1], ["acme", 2]), tries);
    expect(recorded.filter((one) => one.startsWith("acme"))).toEqual(["acme 1", "acme 2"]);
  });

  test("wait behind one of their provider that can't be recorded yet, and others do not", async () => {
    failing.set("acme", new Error("not now"));
    await flow.perform(batch(["acme", 1], ["acme", 2], [neighbour, 1]), tries);
    failing.clear();
    await flow.perform(batch(["acme", 3], [neighbour, 2]), tries);
    expect(recorded).toEqual([`${neighbour} 1`, `${neighbour} 2`]);
    await flow.perform({ v: 1, resume: "acme" }, tries);
    expect(recorded.slice(2)).toEqual(["acme 1", "acme 2", "acme 3"]);
  });

  test("go on as before once none of their provider waits", async () => {
    failing.set("acme 1", new Error("not now"));
    await flow.perform(batch(["acme", 1]), tries);
    failing.clear();
    await flow.perform({ v: 1, resume: "acme" }, tries);
    await flow.perform(batch(["acme", 2]), tries);
    expect(recorded).toEqual(["acme 1", "acme 2"]);
    expect(await redis.keys("{sw}:deferred:*")).toEqual([]);
  });

  test("that wait are tried again by a job of their own", async () => {
    failing.set("acme 1", new RetryLaterError("not now", { delayMs: 60_000 }));
    await flow.perform(batch(["acme", 1]), tries);
    const [job] = await queues.of("acme").observations.getDelayed();
    expect(job).toMatchObject({ data: { resume: "acme" }, delay: 60_000 });
  });

  test("that wait still wait after their worker was killed, and are tried again", async () => {
    failing.set("acme 1", new Error("not now"));
    await flow.perform(batch(["acme", 1]), tries);
    failing.clear();
    flow = await open(await claim("another"));
    await flow.perform(batch(["acme", 2]), tries);
    const jobs = await queues.of("acme").observations.getJobs(["waiting", "delayed"]);
    expect(jobs.map(({ data }) => data as unknown)).toContainEqual({ v: 1, resume: "acme" });
    await flow.perform({ v: 1, resume: "acme" }, tries);
    expect(recorded).toEqual(["acme 1", "acme 2"]);
  });

  test("are dead letters when they can't be read, and hold up nobody", async () => {
    failing.set("acme 1", new PayloadError("no"));
    await flow.perform(batch(["acme", 1], ["acme", 2]), tries);
    expect(recorded).toEqual(["acme 2"]);
    expect((await listDeadLetters(queues)).map(({ letter }) => [letter.queue, letter.error])).toEqual([
      ["observations", "PayloadError"],
    ]);
  });

  test("are dead letters after the last try, and those behind go on", async () => {
    failing.set("acme 1", new Error("never"));
    const [first, second] = batch(["acme", 1], ["acme", 2]).observations;
    if (first && second) await flow.perform({ v: 1, observations: [{ ...first, isHint: true }, second] }, tries);
    await expect(flow.perform({ v: 1, resume: "acme" }, { stalls: 0, left: 1 })).rejects.toThrow("never");
    await flow.perform({ v: 1, resume: "acme" }, { stalls: 0, left: 0 });
    expect(recorded).toEqual(["acme 2"]);
    expect((await listDeadLetters(queues)).map(({ letter }) => letter.attempts)).toEqual([5]);
  });

  test("of another partition go to where they belong", async () => {
    const stranger = Array.from({ length: 50 }, (_, index) => `p${index}`).find(
      (one) => partitionOf(one, 16) !== partition,
    );
    await flow.perform(batch([stranger ?? "", 1]), tries);
    expect(recorded).toEqual([]);
    expect(forwarded).toEqual([`${stranger} 1`]);
  });

  test("are not touched once another holds the lease", async () => {
    failing.set("acme 1", new Error("not now"));
    await claim("another");
    await expect(flow.perform(batch(["acme", 1]), tries)).rejects.toThrow("Another worker works for");
  });
});

describe("a job that a process did not survive", () => {
  test("goes into quarantine whole; its providers wait for it, and others do not", async () => {
    await flow.isolate(batch(["acme", 1], ["acme", 2]));
    await flow.perform(batch(["acme", 3], [neighbour, 1]), tries);
    expect(recorded).toEqual([`${neighbour} 1`]);
    await expect(flow.perform({ v: 1, resume: "acme" }, tries)).rejects.toBeInstanceOf(RetryLaterError);
    const [job] = await queues.of("acme").quarantine.getWaiting();
    expect((job?.data as Batch).observations.map(({ body }) => body)).toEqual(['"acme 1"', '"acme 2"']);
    await job?.remove();
    await flow.perform({ v: 1, resume: "acme" }, tries);
    expect(recorded).toEqual([`${neighbour} 1`, "acme 3"]);
  });

  test("goes on to where it belongs when that is another partition", async () => {
    const stranger = Array.from({ length: 50 }, (_, index) => `p${index}`).find(
      (one) => partitionOf(one, 16) !== partition,
    );
    await flow.isolate(batch([stranger ?? "", 1], ["acme", 1]));
    const [job] = await queues.of("acme").quarantine.getWaiting();
    expect((job?.data as Batch).observations.map(({ body }) => body)).toEqual(['"acme 1"']);
    expect(forwarded).toEqual([`${stranger} 1`]);
  });

  test("goes there when it was about those that waited", async () => {
    failing.set("acme 1", new Error("not now"));
    await flow.perform(batch(["acme", 1]), tries);
    await flow.isolate({ v: 1, resume: "acme" });
    await flow.perform(batch(["acme", 2]), tries);
    const [job] = await queues.of("acme").quarantine.getWaiting();
    expect((job?.data as Batch).observations.map(({ body }) => body)).toEqual(['"acme 1"']);
    await job?.remove();
    await flow.perform({ v: 1, resume: "acme" }, tries);
    expect(recorded).toEqual(["acme 2"]);
  });

  test("is followed by another that goes on, though it was itself to go on with what waits", async () => {
    failing.set("acme 1", new Error("not now"));
    await flow.perform(batch(["acme", 1]), tries);
    const own = queues.of("acme").observations;
    const before = await own.getDelayedCount();
    await flow.isolate({ v: 1, resume: "acme" });
    expect(await own.getDelayedCount()).toBe(before + 1);
    await flow.isolate({ v: 1, resume: "acme" });
    expect(await own.getDelayedCount()).toBe(before + 2);
  });

  test("is tried again before what waits for it, when it fails there for now", async () => {
    await flow.isolate(batch(["acme", 1]));
    await flow.perform(batch(["acme", 2]), tries);
    await flow.settle([{ observation: observation("acme", 1), error: new Error("not now") }]);
    await (await queues.of("acme").quarantine.getWaiting())[0]?.remove();
    await flow.perform({ v: 1, resume: "acme" }, tries);
    expect(recorded).toEqual(["acme 1", "acme 2"]);
  });
});

const tries = { stalls: 0, left: 4 };
let forwarded: string[];

async function claim(worker: string): Promise<Lease> {
  const leases = createLeases(redis, { worker, ttlMs: 60_000, partitionCount: 16 });
  const [claimed] = await leases.claim([partition]);
  if (!claimed) throw new Error("The lease is not free.");
  return claimed;
}

function open(held: Lease): Promise<Flow> {
  forwarded = [];
  return createFlow({
    ...{ lease: held, queues, own: queues.of("acme"), deferred: createDeferred(redis) },
    store: { forget: () => undefined },
    observe: createObserveAll(async ({ provider, body }) => {
      const name = JSON.parse(body) as string;
      const error = failing.get(name) ?? failing.get(provider);
      if (error) throw error;
      recorded.push(name);
    }),
    isOurs: (provider) => partitionOf(provider, 16) === partition,
    observations: { add: async ({ body }) => void forwarded.push(JSON.parse(body) as string) },
    buried: async () => undefined,
  });
}

function batch(...some: [provider: string, number: number][]): Batch {
  return { v: 1, observations: some.map(([provider, number]) => observation(provider, number)) };
}

function observation(provider: string, number: number): Observation {
  return webhook(provider, `${provider} ${number}`);
}

/** Another provider of the same partition. */
function neighbourOf(provider: string): string {
  const names = Array.from({ length: 500 }, (_, index) => `n${index}`);
  return names.find((name) => partitionOf(name, 16) === partitionOf(provider, 16)) ?? "";
}
