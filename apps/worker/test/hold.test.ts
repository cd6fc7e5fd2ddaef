import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createLeases, leaseFields, partitionKeys } from "@statuswire/queues";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createHeld } from "../src/partitions/held.ts";
import { type Holder, startHolding } from "../src/partitions/hold.ts";

const partitionCount = 2;
const ttlMs = 5000;

let server: FreshRedis;
let redis: Redis;
let holder: Holder;
/** What was opened and closed, and what was logged. */
let done: string[];

beforeEach(async () => {
  done = [];
  server = await freshRedis();
  redis = server.connect();
});
afterEach(async () => {
  await holder.stop({ isOnline: true });
  await server.stop();
});

describe("a worker that holds partitions", () => {
  test("holds all while it is alone", async () => {
    start();
    await waitUntil("both to be held", () => holder.partitions().length === 2);
    expect(done.filter((what) => what.startsWith("open"))).toEqual(["open 0", "open 1"]);
  });

  test("ends the work of a partition whose lease another has", async () => {
    start();
    await waitUntil("both to be held", () => holder.partitions().length === 2);
    const inAnHour = Date.now() + 3_600_000;
    await redis.zadd(partitionKeys.workers, inAnHour, "another");
    await redis.hset(partitionKeys.leases, leaseFields.owner(0), "99 another");
    await waitUntil("its work to end", () => done.includes("close 0"));
    expect(done).toContain("partition.lost");
    expect(holder.partitions()).toEqual([1]);
  });

  test("gives half away once there is another", async () => {
    start();
    await waitUntil("both to be held", () => holder.partitions().length === 2);
    await redis.zadd(partitionKeys.workers, Date.now() + 3_600_000, "another");
    await waitUntil("one to be given away", () => holder.partitions().length === 1);
    expect(done.filter((what) => what.startsWith("close"))).toHaveLength(1);
  });
});

function start(): void {
  const now = () => performance.now();
  holder = startHolding({
    ...{ worker: "own", ttlMs, patienceMs: 100, now },
    leases: createLeases(redis, { worker: "own", ttlMs, partitionCount }),
    held: createHeld({ partitionCount, now }),
    before: () => Promise.resolve(),
    open: async ({ partition }) => {
      done.push(`open ${partition}`);
      return { load: () => Promise.resolve(0), close: async () => void done.push(`close ${partition}`) };
    },
    changed: () => undefined,
    tell: (what) => void done.push(what),
  });
}
