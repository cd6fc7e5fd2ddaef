import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { Redis } from "ioredis";
import { createLog, createStore } from "../src/index.ts";
import { fold, says, statuses, take } from "./course.ts";
import { lossyLine, type LossyLine } from "./lossy-line.ts";

let server: FreshRedis;
let line: LossyLine;
let redis: Redis;

beforeEach(async () => {
  server = await freshRedis();
  line = await lossyLine(server.path);
  redis = new Redis(line.url, { maxRetriesPerRequest: null, retryStrategy: () => 10 });
  redis.on("error", () => undefined);
});
afterEach(async () => {
  redis.disconnect();
  await line.close();
  await server.stop();
});

describe("a transition whose answer is lost", () => {
  test("is asked for again, and has happened once", async () => {
    const store = createStore(redis);
    await take(store, says("api", "partial_outage"));
    line.loseNextAnswer();
    await take(store, says("api", "major_outage"));
    const events = await createLog(redis).after(undefined, 10);
    expect(events.map(({ status }) => status)).toEqual(["partial_outage", "major_outage"]);
  });

  test("does not hold up those that wait behind it", async () => {
    const store = createStore(redis);
    await take(store, says("api", "partial_outage"));
    line.loseNextAnswer();
    await Promise.all([take(store, says("api", "major_outage")), take(store, says("web", "major_outage"))]);
    expect(fold(await createLog(redis).after(undefined, 10))).toEqual(statuses(await store.known("acme")));
  });
});
