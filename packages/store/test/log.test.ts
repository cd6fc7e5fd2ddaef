import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import type { Event } from "@statuswire/status";
import { awaitEvents, createLog, createStore, keys, type Log, placeOf } from "../src/index.ts";
import { says, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;
let log: Log;
let first: Event;
let second: Event;
let third: Event;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
  log = createLog(redis);
  first = await record("c1");
  // As a version would that is not yet written.
  await redis.xadd(keys.events, "*", "id", "evt_future", "event", '{"type":"page.sang"}');
  await redis.xadd(keys.events, "*", "no", "fields of ours");
  second = await record("c2");
  third = await record("c3");
});
afterAll(() => server.stop());

describe("the log", () => {
  test("is read from the beginning, oldest first", async () => {
    expect(await log.after(undefined, 10)).toEqual([first, second, third]);
  });

  test("is read on from after a place", async () => {
    expect(await log.after(second.seq, 10)).toEqual([third]);
  });

  test("has nothing after its end", async () => {
    expect(await log.after(third.seq, 10)).toEqual([]);
  });

  test("shows the newest first, and pages backwards", async () => {
    expect(await log.newest(2)).toEqual([third, second]);
    expect(await log.newest(10, second.seq)).toEqual([first]);
  });

  test("finds an event by its place", async () => {
    expect(await log.at(second.seq)).toEqual(second);
    expect(await log.at("1-1")).toBeUndefined();
  });

  test("knows the place where a moment begins", async () => {
    const [ms] = third.seq.split("-");
    expect(await log.after(placeOf(Number(ms)), 10)).toContainEqual(third);
    expect(await log.after(placeOf(Number(ms) + 1), 10)).toEqual([]);
  });

  test("is waited for", async () => {
    const waiting = awaitEvents(server.connect(), third.seq, { blockMs: 5000 });
    const fourth = await record("c4");
    expect(await waiting).toEqual({ events: [fourth], seq: fourth.seq });
  });

  test("is gone on with behind what cannot be read", async () => {
    const { seq } = await record("c5");
    const unreadable = await redis.xadd(keys.events, "*", "id", "x", "event", "{}");
    expect(await awaitEvents(server.connect(), seq)).toEqual({ events: [], seq: unreadable });
  });
});

async function record(component: string): Promise<Event> {
  const { events } = await take(createStore(redis), says(component, "major_outage"));
  const [event] = events;
  if (!event) throw new Error("Nothing was recorded.");
  return event;
}
