import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  type Batch,
  closeQueues,
  createLeases,
  groupCommit,
  listDeadLetters,
  openQueue,
  openQueues,
  type Queues,
} from "@statuswire/queues";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { type Queue, UnrecoverableError, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { migrate } from "../src/partitions/migrate.ts";
import { webhook } from "./stage.ts";

let server: FreshRedis;
let redis: Redis;
let queues: Queues;
let former: Record<"observations" | "polls" | "quarantine", Queue>;

beforeEach(async () => {
  server = await freshRedis();
  redis = server.connect();
  queues = openQueues(redis);
  former = {
    observations: openQueue(redis, "observations"),
    polls: openQueue(redis, "polls"),
    quarantine: openQueue(redis, "quarantine"),
  };
});
afterEach(async () => {
  await Promise.all([closeQueues(queues), ...Object.values(former).map((queue) => queue.close())]);
  await server.stop();
});

describe("what a version without partitions left", () => {
  test("goes to the partitions, in order, ahead of what has come since", async () => {
    for (const name of ["one", "two", "three"])
      await former.observations.add("acme", batch(name), { jobId: name });
    await groupCommit(redis, { partitions: () => 16 }).add(webhook("acme", "four"));
    expect(await migrateAll()).toBe(3);
    expect(await waiting("acme")).toEqual(["one", "two", "three", "four"]);
  });

  test("goes behind what has come since, once partitions are worked: an old ingest may still run", async () => {
    const leases = createLeases(redis, { worker: "another", ttlMs: 60_000, partitionCount: 16 });
    await leases.heartbeat(new Map());
    await leases.claim([0]);
    await groupCommit(redis, { partitions: () => 16 }).add(webhook("acme", "one"));
    for (const name of ["two", "three"]) await former.observations.add("acme", batch(name), { jobId: name });
    await migrateAll();
    expect(await waiting("acme")).toEqual(["one", "two", "three"]);
  });

  test("keeps its schedules while a worker of that version runs, which would make them anew and ask at once", async () => {
    await former.polls.upsertJobScheduler(
      "acme",
      { every: 60_000 },
      { name: "acme", data: { v: 1, provider: "acme" } },
    );
    const worker = new Worker("polls", () => Promise.resolve(), { connection: redis, prefix: "{sw}" });
    await worker.waitUntilReady();
    await migrateAll();
    expect(await former.polls.getJobSchedulersCount()).toBe(1);
    await worker.close();
    await migrateAll();
    expect(await former.polls.getJobSchedulersCount()).toBe(0);
  });

  test("is told apart by provider where several shared a job", async () => {
    const [one, other] = [webhook("acme", "one"), webhook("openai", "one of another")];
    await former.observations.add("acme and 1 more", { v: 1, observations: [one, other] });
    await migrateAll();
    expect([await waiting("acme"), await waiting("openai")]).toEqual([["one"], ["one of another"]]);
  });

  test("is moved once, however many workers do it", async () => {
    await former.observations.add("acme", batch("one"), { jobId: "one" });
    await Promise.all([migrateAll("a"), migrateAll("b"), migrateAll("c")]);
    expect(await waiting("acme")).toEqual(["one"]);
  });

  test("leaves no queue and no schedule behind", async () => {
    await former.observations.add("acme", batch("one"));
    await former.polls.upsertJobScheduler(
      "acme",
      { every: 60_000 },
      { name: "acme", data: { v: 1, provider: "acme" } },
    );
    await former.quarantine.add("acme", batch("two"));
    await migrateAll();
    expect((await redis.keys("*")).filter((key) => /^\{sw\}:(observations|polls|quarantine):/.test(key))).toEqual(
      [],
    );
    expect((await waiting("acme")).toSorted()).toEqual(["one", "two"]);
  });

  test("is asked for closing words still", async () => {
    await former.polls.add("acme", { v: 1, provider: "acme", incident: "i1" });
    await migrateAll();
    expect((await queues.of("acme").polls.getWaiting()).map(({ data }) => data as unknown)).toEqual([
      { v: 1, provider: "acme", incident: "i1" },
    ]);
  });

  test("and failed becomes a dead letter", async () => {
    await former.observations.add("acme", batch("one"), { jobId: "one" });
    const fail = () => Promise.reject(new UnrecoverableError("PayloadError: no"));
    const worker = new Worker("observations", fail, { connection: redis, prefix: "{sw}" });
    await new Promise((resolve) => void worker.once("failed", resolve));
    await worker.close();
    await migrateAll();
    expect((await listDeadLetters(queues)).map(({ letter }) => letter.error)).toEqual(["PayloadError"]);
  });
});

describe("where nothing was left", () => {
  test("nothing is done", async () => {
    expect(await migrateAll()).toBe(0);
    expect(await redis.keys("*")).toEqual([]);
  });
});

function migrateAll(worker = "worker"): Promise<number> {
  return migrate({ redis, queues, worker, tell: () => undefined });
}

function batch(text: string): Batch {
  return { v: 1, observations: [webhook("acme", text)] };
}

async function waiting(provider: string): Promise<unknown[]> {
  const jobs = await queues.of(provider).observations.getWaiting();
  return jobs.flatMap(({ data }) => (data as Batch).observations.map(({ body }) => JSON.parse(body) as unknown));
}
