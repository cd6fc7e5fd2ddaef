import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import {
  addAlone,
  closeQueues,
  createLeases,
  openQueues,
  type Queues,
  readPartitionCount,
} from "@statuswire/queues";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { run } from "./run.ts";

let server: FreshRedis;
let redis: Redis;
let queues: Queues;

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(async () => {
  redis = server.connect();
  await redis.flushall();
  queues = openQueues(redis);
});
afterEach(() => closeQueues(queues));
afterAll(() => server.stop());

const waiting = {
  id: "o1",
  provider: "acme",
  via: "webhook",
  receivedAt: "2026-03-01T10:00:00.000Z",
  body: "{}",
} as const;

describe("statuswire partitions", () => {
  test("tells which worker holds which, and how many jobs wait", async () => {
    const leases = createLeases(redis, { worker: "worker-1", ttlMs: 60_000, partitionCount: 16 });
    await leases.heartbeat(new Map());
    await leases.claim([0, 3]);
    await addAlone(queues, [waiting]);
    const { out } = await run(["partitions"], { REDIS_URL: server.path });
    expect(out.split("\n")).toEqual([
      "worker-1: 00 03 (0 jobs wait)",
      "nobody: 01 02 04 05 06 07 08 09 10 11 12 13 14 15 (1 job waits)",
      "",
    ]);
  });

  test("sets how many there are, and says what it has counted", async () => {
    const template = { name: "acme", data: { v: 1, provider: "acme" } };
    await queues.of("acme").polls.upsertJobScheduler("acme", { every: 60_000 }, template);
    const { out } = await run(["partitions", "set", "32"], { REDIS_URL: server.path });
    expect(out).toContain("There were 16 partitions, and are 32. 1 schedules were removed");
    expect(await readPartitionCount(redis)).toBe(32);
  });

  test.each([
    [
      "a worker runs",
      () => createLeases(redis, { worker: "w", ttlMs: 60_000, partitionCount: 16 }).heartbeat(new Map()),
      "1 workers run (w)",
    ],
    ["something waits", () => addAlone(queues, [waiting]), "1 jobs of observations wait"],
    ["ingest runs", () => redis.client("SETNAME", "statuswire-producer"), "ingest runs"],
  ])("changes nothing while %s", async (_what, prepare, reason) => {
    await prepare();
    const { exitCode, err } = await run(["partitions", "set", "32"], { REDIS_URL: server.path });
    expect([exitCode, err]).toEqual([1, expect.stringContaining(reason)]);
    expect(await readPartitionCount(redis)).toBe(16);
  });

  test("refuses what is no number of partitions", async () => {
    const { exitCode, err } = await run(["partitions", "set", "0"], { REDIS_URL: server.path });
    expect([exitCode, err]).toEqual([64, expect.stringContaining("from 1 to 256")]);
  });
});
