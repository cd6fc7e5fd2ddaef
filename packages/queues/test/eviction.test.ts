import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import fc from "fast-check";
import type { Redis } from "ioredis";
import {
  closeQueues,
  drop,
  evictDeadLetters,
  evicted,
  type Kept,
  letterClasses,
  listDeadLetters,
  openQueues,
  type Queues,
} from "../src/index.ts";

const now = Date.UTC(2026, 2, 1);
const day = 24 * 60 * 60 * 1000;
const usual = { count: 10_000, ageMs: 180 * day, bytes: 256 * 1024 * 1024, now };

describe("the dead letters that have to go", () => {
  test("are none while there is room", () => {
    expect(evicted([letter(1), letter(2, "unproven"), letter(3, "delivery")], usual)).toEqual([]);
  });

  test("are those that are too old, whatever they are", () => {
    const old = letterClasses.map((name, index) => letter(181 * 24 * 60 + index, name));
    expect(ids(evicted([letter(1), ...old], usual)).toSorted()).toEqual(ids(old).toSorted());
  });

  test("are the oldest, as soon as there are too many", () => {
    expect(ids(evicted([letter(1), letter(3), letter(2)], { ...usual, count: 2 }))).toEqual(["payload-3"]);
  });

  test("are the oldest, as soon as they take too many bytes", () => {
    const letters = [letter(1), letter(2), letter(3)];
    expect(ids(evicted(letters, { ...usual, bytes: 250 }))).toEqual(["payload-3"]);
  });

  test("are failed deliveries last, however old they are", () => {
    const letters = [letter(9, "delivery"), letter(8, "delivery"), letter(2), letter(1)];
    expect(ids(evicted(letters, { ...usual, count: 2 }))).toEqual(["payload-2", "payload-1"]);
    expect(ids(evicted(letters, { ...usual, count: 1 }))).toEqual(["delivery-9", "payload-2", "payload-1"]);
  });

  test("are those of unproven senders beyond a tenth of the count, or an eighth of the bytes", () => {
    const letters = [letter(9), letter(3, "unproven"), letter(2, "unproven"), letter(1, "unproven")];
    expect(ids(evicted(letters, { ...usual, count: 20 }))).toEqual(["unproven-3"]);
    expect(ids(evicted(letters, { ...usual, bytes: 8 * 100 }))).toEqual(["unproven-3", "unproven-2"]);
  });

  test("leave no more than there may be, and no delivery goes before anything else", () => {
    const some = fc.array(
      fc.record({
        id: fc.uuid(),
        class: fc.constantFrom(...letterClasses),
        bytes: fc.integer({ min: 1, max: 50 }),
        failedAt: fc.integer({ min: now - 10 * day, max: now }),
      }),
    );
    const limits = fc.record({ count: fc.integer({ min: 1, max: 10 }), bytes: fc.integer({ min: 50, max: 300 }) });
    fc.assert(
      fc.property(some, limits, (letters, limit) => {
        const gone = new Set(evicted(letters, { ...limit, ageMs: 20 * day, now }));
        const kept = letters.filter((one) => !gone.has(one));
        expect(kept.length).toBeLessThanOrEqual(limit.count);
        expect(kept.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(limit.bytes);
        const losesDeliveries = [...gone].some((one) => one.class === "delivery");
        if (losesDeliveries) expect(kept.every((one) => one.class === "delivery")).toBe(true);
      }),
    );
  });
});

describe("dead letters in Redis", () => {
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

  test("are removed beyond the limits, and given with what they carried", async () => {
    await bury("old", { sink: "team", seq: "1-0" }, 3);
    await bury("payload", { observations: [{ body: "x" }] }, 2);
    await bury("stranger", { observations: [{ body: "x", isUnproven: true }] }, 1);
    const removed = await evictDeadLetters({ queues, redis }, { ...usual, count: 1 });
    expect(removed.map(({ id, class: name, letter: { data } }) => [id, name, data])).toEqual([
      ["payload", "payload", { observations: [{ body: "x" }] }],
      ["stranger", "unproven", { observations: [{ body: "x", isUnproven: true }] }],
    ]);
    expect((await listDeadLetters(queues)).map(({ id }) => id)).toEqual(["old"]);
  });

  test("are measured by what they hold", async () => {
    await bury("large", { observations: [{ body: "x".repeat(5000) }] }, 2);
    await bury("small", { observations: [{ body: "x" }] }, 1);
    expect(await evictDeadLetters({ queues, redis }, { ...usual, bytes: 5000 })).toMatchObject([{ id: "large" }]);
  });

  test("that somebody dropped meanwhile count no more", async () => {
    await bury("one", { sink: "team" }, 2);
    await evictDeadLetters({ queues, redis }, usual);
    await drop(queues, "one");
    await bury("two", { sink: "team" }, 1);
    expect(await evictDeadLetters({ queues, redis }, { ...usual, count: 1 })).toEqual([]);
    expect(await redis.hkeys("{sw}:dead-letter-sizes")).toEqual(["two"]);
  });

  async function bury(id: string, data: object, minutesAgo: number): Promise<void> {
    const at = new Date(now - minutesAgo * 60_000).toISOString();
    const how = { queue: "deliveries", jobId: id, name: id, error: "Error", reason: "no", attempts: 1, stalls: 0 };
    await queues["dead-letters"].add("Error", { v: 1, ...how, data, createdAt: at, failedAt: at }, { jobId: id });
  }
});

/** A dead letter of a hundred bytes. */
function letter(minutesAgo: number, name: Kept["class"] = "payload"): Kept {
  return { id: `${name}-${minutesAgo}`, class: name, bytes: 100, failedAt: now - minutesAgo * 60_000 };
}

function ids(letters: readonly Kept[]): string[] {
  return letters.map(({ id }) => id);
}
