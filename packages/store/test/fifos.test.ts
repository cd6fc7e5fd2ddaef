import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createFifos, dispatchGroup, type Fifo, type Fifos, joinGroup, keys, type Queued } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let fifos: Fifos;
let opened: Fifo[];

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(async () => {
  await redis.flushall();
  [fifos, opened] = [createFifos(redis), []];
});
afterEach(() => Promise.all(opened.map((fifo) => fifo.release())));
afterAll(() => server.stop());

describe("a FIFO of deliveries", () => {
  test("gives them in the order of the log, in whichever they were added", async () => {
    const long = ["5-0", "9-2", "9-10", "9-1200"].map((place) => `176179999900${place}`);
    for (const seq of long.toReversed()) await fifos.join("team", "acme", [queued(seq)]);
    const fifo = open();
    const heads: string[] = [];
    for (let claim = await fifo.claim(); claim.kind === "ours"; claim = await fifo.claim()) {
      heads.push(claim.head.seq);
      await fifo.leave(claim.head);
    }
    expect(heads).toEqual(long);
  });

  test("gives back what was added, with how it is told", async () => {
    await fifos.join("team", "acme", [{ ...queued("1761799999000-3"), ifOpen: true }]);
    expect(await open().claim()).toMatchObject({
      kind: "ours",
      head: { ...queued("1761799999000-3"), ifOpen: true },
    });
  });

  test("is had by one at a time", async () => {
    await fifos.join("team", "acme", [first]);
    const holder = open();
    await holder.claim();
    expect(await open().claim({ own: second })).toEqual({ kind: "busy", position: 1 });
    await holder.giveBack(first);
    await holder.release();
    expect(await open().claim({ own: second })).toMatchObject({ kind: "ours", head: first });
  });

  test("is one of a sink and a provider", async () => {
    await fifos.join("team", "acme", [first]);
    await open().claim();
    expect(await open("other").claim({ own: first })).toMatchObject({ kind: "ours" });
    expect(await open("team", "globex").claim({ own: first })).toMatchObject({ kind: "ours" });
  });

  test("leaves a head that was tried to its own job", async () => {
    await fifos.join("team", "acme", [first]);
    const dead = open();
    await dead.claim();
    await dead.release();
    expect(await open().claim({ own: second })).toEqual({ kind: "tried", head: first, position: 1 });
    await Promise.all(opened.map((fifo) => fifo.release()));
    expect(await open().claim({ own: first })).toMatchObject({ kind: "ours", head: first });
  });

  test("is empty when all are done", async () => {
    await fifos.join("team", "acme", [first]);
    const fifo = open();
    await fifo.claim();
    await fifo.leave(first);
    expect(await fifo.claim()).toEqual({ kind: "empty" });
  });

  test("knows when its lock has gone to another", async () => {
    const lost = open();
    await lost.claim({ own: first });
    expect(await lost.isHeld()).toBe(true);
    await redis.del(keys.fifoLock("team", "acme"));
    await open().claim({ own: second });
    expect(await lost.claim({ own: first })).toEqual({ kind: "busy", position: 0 });
  });
});

describe("an event that a dispatcher has in hand still", () => {
  test("is named to those behind it, until its deliveries have their places", async () => {
    const [earlier, later] = [await record(), await record()];
    const dispatcher = joinGroup({ redis, blocking: redis }, { group: dispatchGroup, consumer: "slow" });
    await redis.xgroup("CREATE", keys.events, dispatchGroup, "0");
    await redis.xreadgroup("GROUP", dispatchGroup, "slow", "STREAMS", keys.events, ">");
    const own = queued(later);
    expect(await open().claim({ own })).toEqual({ kind: "behind", seqs: [earlier], upTo: earlier });
    await release();
    expect(await open().claim({ own, vetted: earlier })).toMatchObject({ kind: "ours", head: own });
    await release();
    await dispatcher.joined([earlier]);
    expect(await open().claim({ own })).toMatchObject({ kind: "ours", head: own });
    await dispatcher.done([earlier, later]);
    expect(await redis.exists(keys.joined)).toBe(0);
  });
});

const first = queued("1761799999000-0");
const second = queued("1761799999000-1");

function queued(seq: string): Queued {
  return { seq, job: `delivery-${seq}-team`, ifOpen: false };
}

function open(sink = "team", provider = "acme"): Fifo {
  const fifo = fifos.open(sink, provider);
  opened.push(fifo);
  return fifo;
}

async function release(): Promise<void> {
  await Promise.all(opened.map((fifo) => fifo.release()));
  await redis.del(keys.fifoTried("team", "acme"));
}

async function record(): Promise<string> {
  return String(await redis.xadd(keys.events, "*", "event", "{}"));
}
