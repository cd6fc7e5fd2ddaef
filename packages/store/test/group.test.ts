import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { Redis } from "ioredis";
import { createStore, dismissSilent, joinGroup, keys } from "../src/index.ts";
import { says, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

const soon = { blockMs: 50 };

describe("a group", () => {
  test("begins with the log", async () => {
    await record("c1", "c2");
    expect((await join("one").next(soon)).map(({ product }) => product)).toEqual(["c1", "c2"]);
  });

  test("gives each event to one member", async () => {
    const [one, other] = [join("one"), join("other")];
    await record(...Array.from({ length: 30 }, (_, index) => `c${index}`));
    const taken = await Promise.all(
      [one, other, one, other].map((member) => member.next({ blockMs: 50, count: 10 })),
    );
    const seqs = taken.flat().map(({ seq }) => seq);
    expect([seqs.length, new Set(seqs).size]).toEqual([30, 30]);
  });

  test("hands what a dead member had in hand to another", async () => {
    await record("c1");
    const [taken] = await join("dead").next(soon);
    expect(await join("alive").adopt(0)).toEqual([taken]);
  });

  test("hands over as many as are asked for, the oldest first", async () => {
    await record("c1", "c2", "c3");
    const taken = await join("dead").next(soon);
    expect(await join("alive").adopt(0, 2)).toEqual(taken.slice(0, 2));
  });

  test("hands over nothing that is done", async () => {
    await record("c1");
    const dead = join("dead");
    await dead.done((await dead.next(soon)).map(({ seq }) => seq));
    expect(await join("alive").adopt(0)).toEqual([]);
  });

  test("leaves in peace what a member has had for a short time", async () => {
    await record("c1");
    await join("busy").next(soon);
    expect(await join("other").adopt(60_000)).toEqual([]);
  });

  test("is made again after everything was lost", async () => {
    const member = join("one");
    await record("c1");
    await member.next(soon);
    await redis.flushall();
    await record("c2");
    expect((await member.next(soon)).map(({ product }) => product)).toEqual(["c2"]);
  });

  test("is made again by the one who adopts first", async () => {
    expect(await join("one").adopt(0)).toEqual([]);
  });

  test("is woken from its wait by a loss", async () => {
    const member = join("one");
    const waiting = member.next({ blockMs: 10_000 });
    await waitUntil("the member to wait", async () => /flags=b/.test(String(await redis.client("LIST"))));
    await redis.flushall();
    await record("c1");
    expect((await waiting).map(({ product }) => product)).toEqual(["c1"]);
  });

  test("can be left by one who waits for the next event", async () => {
    const member = join("one");
    const waiting = member.next({ blockMs: 60_000 });
    member.leave();
    await expect(waiting).rejects.toThrow();
    await expect(member.next()).rejects.toThrow("The group has been left.");
  });

  test("does not keep what it can't read for ever", async () => {
    await redis.xadd(keys.events, "*", "id", "evt_future", "event", '{"type":"page.sang"}');
    await join("one").next(soon);
    await join("one").adopt(0);
    expect(await redis.xpending(keys.events, "dispatch")).toEqual([0, null, null, null]);
  });
});

describe("a reader of the log that has fallen silent", () => {
  test("is forgotten, unless it has something in hand", async () => {
    await record("c1");
    await join("busy").next(soon);
    await record("c2");
    const idle = join("idle");
    await idle.done((await idle.next(soon)).map(({ seq }) => seq));
    expect(await dismissSilent(redis, { idleMs: 0 })).toBe(1);
    expect(await join("alive").adopt(0)).toHaveLength(1);
  });

  test("is left in peace for an hour", async () => {
    await record("c1");
    const member = join("idle");
    await member.done((await member.next(soon)).map(({ seq }) => seq));
    expect(await dismissSilent(redis)).toBe(0);
  });

  test("is nobody while there is no log", async () => {
    expect(await dismissSilent(redis)).toBe(0);
  });
});

describe("a group whose Redis is away", () => {
  test("can be left between two tries to connect", async () => {
    const other = await freshRedis();
    const line = new Redis(other.path, { maxRetriesPerRequest: null, retryStrategy: () => 60_000 });
    line.on("error", () => undefined);
    const member = joinGroup({ redis, blocking: line }, { group: "dispatch", consumer: "one" });
    const waiting = member.next({ blockMs: 60_000 });
    await waitUntil("the line to stand", () => line.status === "ready");
    await other.crash();
    await waitUntil("the line to be lost", () => line.status === "reconnecting");
    member.leave();
    await expect(waiting).rejects.toThrow("The group has been left.");
    await other.stop();
  });
});

function join(consumer: string) {
  return joinGroup({ redis, blocking: server.connect() }, { group: "dispatch", consumer });
}

async function record(...components: string[]): Promise<void> {
  const store = createStore(redis);
  await Promise.all(components.map((component) => take(store, says(component, "major_outage"))));
}
