import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createLeases, type Leases, partitionKeys, readLeases, readPartitionCount } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(async () => {
  redis = server.connect();
  await redis.flushall();
});
afterEach(() => redis.disconnect());
afterAll(() => server.stop());

const nothing: ReadonlyMap<number, number> = new Map();

describe("a lease", () => {
  test("goes to one of those who want it at once", async () => {
    const workers = [member("a"), member("b"), member("c")];
    for (const worker of workers) await worker.heartbeat(nothing);
    const claimed = (await Promise.all(workers.map((worker) => worker.claim([0, 1])))).flat();
    expect(claimed.map(({ partition }) => partition).toSorted()).toEqual([0, 1]);
  });

  test("is not taken from a worker that lives", async () => {
    const [one, other] = [member("a"), member("b")];
    await one.heartbeat(nothing);
    await one.claim([0]);
    expect(await other.claim([0])).toEqual([]);
  });

  test("is taken from a worker that has said nothing for too long, under a higher number", async () => {
    const [one, other] = [member("a", 1), member("b")];
    await one.heartbeat(nothing);
    const [before] = await one.claim([0]);
    const [after] = await waitUntil("the lease to be free", async () => {
      const claimed = await other.claim([0]);
      return claimed.length > 0 ? claimed : undefined;
    });
    expect(numberOf(after?.token)).toBeGreaterThan(numberOf(before?.token));
  });

  test("is free at once when it is given back", async () => {
    const [one, other] = [member("a"), member("b")];
    await one.heartbeat(nothing);
    await one.release(await one.claim([0, 1]));
    expect(await other.claim([0, 1])).toHaveLength(2);
  });

  test("that another has taken over can't be given back by who had it", async () => {
    const [one, other] = [member("a"), member("b")];
    const before = await one.claim([0]);
    await other.heartbeat(nothing);
    await other.claim([0]);
    await one.release(before);
    expect((await readLeases(redis, 4)).owners[0]).toBe("b");
  });

  test("is free at once when its worker leaves", async () => {
    const [one, other] = [member("a"), member("b")];
    await one.heartbeat(nothing);
    await one.claim([0]);
    await one.leave();
    expect(await other.claim([0])).toHaveLength(1);
  });
});

describe("a worker that is stopping", () => {
  test("holds what it has not given back, and is to get nothing more", async () => {
    const [one, other] = [member("a"), member("b")];
    await one.heartbeat(nothing);
    await one.claim([0]);
    await one.retire();
    const { workers, owners } = await other.heartbeat(nothing);
    expect([workers, owners[0]]).toEqual([["b"], "a"]);
    expect(await other.claim([0])).toEqual([]);
  });
});

describe("a heartbeat", () => {
  test("tells who lives, who holds what, and which load each partition has", async () => {
    const [one, other] = [member("a"), member("b")];
    await one.heartbeat(nothing);
    const [lease] = await one.claim([2]);
    await one.heartbeat(new Map([[2, 12.5]]));
    const view = await other.heartbeat(nothing);
    expect(view).toEqual({
      workers: ["a", "b"],
      owners: [undefined, undefined, "a", undefined],
      tokens: [undefined, undefined, lease?.token, undefined],
      loads: [0, 0, 12.5, 0],
    });
  });
});

describe("the number of partitions", () => {
  test("that another has set is noticed by a worker that runs, and one that was lost is set again", async () => {
    const worker = member("a");
    expect(await worker.isCurrent()).toBe(true);
    await redis.set(partitionKeys.count, 5);
    expect(await worker.isCurrent()).toBe(false);
    await redis.del(partitionKeys.count);
    expect([await worker.isCurrent(), await redis.get(partitionKeys.count)]).toEqual([true, "4"]);
  });

  test("is sixteen unless Redis says otherwise", async () => {
    expect(await readPartitionCount(redis)).toBe(16);
    await redis.set(partitionKeys.count, 32);
    expect(await readPartitionCount(redis)).toBe(32);
  });
});

function member(worker: string, ttlMs = 60_000): Leases {
  return createLeases(redis, { worker, ttlMs, partitionCount: 4 });
}

function numberOf(token: string | undefined): number {
  return Number(token?.split(" ")[0]);
}
