import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createTurns, keys, type Turn } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => server.stop());

describe("a turn", () => {
  test("is had by one at a time", async () => {
    const turn = await take();
    expect(await createTurns(redis).take("team", "acme page")).toBeUndefined();
    await turn.release();
  });

  test("is had by the next after it was given back, finished or not", async () => {
    await (await take()).release();
    await (await take()).finish({ seq: "5-0", isOver: false });
    await (await take()).release();
  });

  test("that was finished is given back without another word", async () => {
    const turn = await take();
    await turn.finish({ seq: "5-0", isOver: false });
    await redis.config("RESETSTAT");
    await turn.release();
    expect(await redis.info("commandstats")).not.toContain("cmdstat_eval");
  });

  test("is a turn with one sink, of one subject", async () => {
    const turns = [await take(), await take("other"), await take("team", "acme source")];
    await Promise.all(turns.map((turn) => turn.release()));
  });

  test("runs out by itself, before the job of whoever died with it is taken up again", async () => {
    const turn = await take();
    const left = await redis.pttl(keys.turn("team", "acme page"));
    expect([left > 0, left <= 6000]).toEqual([true, true]);
    await turn.release();
  });

  test("is known to be lost by a process that was paused while another took it", async () => {
    const paused = await take();
    expect(await paused.isHeld()).toBe(true);
    await redis.del(keys.turn("team", "acme page"));
    const another = await take();
    const now = Date.now();
    jest.spyOn(Date, "now").mockReturnValue(now + 14_000);
    expect([await paused.isHeld(), await another.isHeld()]).toEqual([false, true]);
    await Promise.all([paused.release(), another.release()]);
  });

  test("tells how far the sink has been told", async () => {
    await (await take()).finish({ seq: "5-1", isOver: false });
    const turn = await take();
    await turn.release();
    expect(["4-9", "5-0", "5-1", "5-2", "10-0"].map((seq) => turn.isTold(seq))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("that was only given back tells nothing", async () => {
    await (await take()).release();
    const turn = await take();
    await turn.release();
    expect(turn.isTold("1-0")).toBe(false);
  });

  test("that was lost to another neither ends the other's nor writes", async () => {
    const lost = await take();
    await redis.del(keys.turn("team", "acme page"));
    const another = await take();
    await lost.finish({ seq: "9-0", isOver: false });
    expect(await createTurns(redis).take("team", "acme page")).toBeUndefined();
    await another.release();
    expect(await redis.exists(keys.told("team", "acme page"))).toBe(0);
  });
});

async function take(sink = "team", subject = "acme page"): Promise<Turn> {
  const turn = await createTurns(redis).take(sink, subject);
  if (!turn) throw new Error("Another has it.");
  return turn;
}
