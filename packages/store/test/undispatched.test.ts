import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { createStore, joinGroup, oldestUndone } from "../src/index.ts";
import { says, take } from "./course.ts";

let server: FreshRedis;
let redis: Redis;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

describe("the oldest event that a group has not done with", () => {
  test("is none where there is no log", async () => {
    expect(await oldestUndone(redis, "dispatch")).toBeUndefined();
  });

  test("is the first, where nobody has joined the group", async () => {
    const [first] = await record("c1", "c2");
    expect(await oldestUndone(redis, "dispatch")).toBe(first);
  });

  test("is the first of those that a member has in hand, then the first that nobody has taken, then none", async () => {
    const seqs = await record("c1", "c2", "c3");
    const blocking = server.connect();
    const group = joinGroup({ redis, blocking }, { group: "dispatch", consumer: "one" });
    await group.next({ count: 2 });
    expect(await oldestUndone(redis, "dispatch")).toBe(seqs[0]);
    await group.done(seqs.slice(0, 2));
    expect(await oldestUndone(redis, "dispatch")).toBe(seqs[2]);
    await group.next();
    await group.done(seqs);
    expect(await oldestUndone(redis, "dispatch")).toBeUndefined();
    group.leave();
  });
});

async function record(...names: string[]): Promise<string[]> {
  const store = createStore(redis);
  const moved = await Promise.all(names.map((name) => take(store, says(name, "major_outage"))));
  return moved.flatMap(({ events }) => events.map(({ seq }) => seq));
}
