import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, waitUntil, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import {
  Batch,
  closeQueues,
  connect,
  groupCommit,
  type Observations,
  openQueues,
  type Queues,
  unpacked,
} from "../src/index.ts";
import { observation } from "./stage.ts";

let server: FreshRedis;
let redis: Redis;
let producer: Redis;
let queues: Queues;
let observations: Observations;

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(async () => {
  redis = server.connect();
  await redis.flushall();
  producer = connect(server.path, "producer");
  producer.on("error", () => undefined);
  await new Promise((resolve) => producer.once("ready", resolve));
  queues = openQueues(producer);
  observations = groupCommit(producer, { partitions: () => 16, answerWithinMs: 900 });
});
afterEach(async () => {
  await closeQueues(queues);
  producer.disconnect();
});
afterAll(() => server.stop());

const hundreds = Array.from({ length: 300 }, (_, index) => `o${index}`);

describe("an observation that comes alone", () => {
  test("goes at once, under its own id", async () => {
    await observations.add(observation("o1"));
    expect(await queues.of("acme").observations.getJob("o1")).toMatchObject({
      data: { observations: [{ id: "o1" }] },
    });
  });

  test("is one job however often it comes", async () => {
    await observations.add(observation("o1"));
    await observations.add(observation("o1"));
    expect(await queued()).toEqual(["o1"]);
  });
});

describe("observations that come at once", () => {
  test("ride together", async () => {
    await addAll(hundreds);
    expect(await queues.of("acme").observations.getWaitingCount()).toBe(4);
  });

  test("all arrive, once each", async () => {
    await addAll(hundreds);
    expect((await queued()).sort()).toEqual([...hundreds].sort());
  });

  test("make jobs below the 128 Ki characters from which V8 gives a string memory of its own", async () => {
    const body = JSON.stringify({
      components: Array.from({ length: 60 }, (_, index) => ({ id: `c${index}`, status: "operational" })),
    });
    await Promise.all(hundreds.map((id) => observations.add({ ...observation(id), body })));
    expect(Math.max(...(await sizes()))).toBeLessThan(128 * 1024);
  });

  test("take less room than they came with", async () => {
    const body = JSON.stringify({ page: { id: "acme" }, text: "We are investigating. ".repeat(100) });
    await Promise.all(hundreds.slice(0, 10).map((id) => observations.add({ ...observation(id), body })));
    const carried = (await queues.of("acme").observations.getWaiting()).map(
      ({ data }) => JSON.stringify(data).length,
    );
    expect(carried.reduce((sum, length) => sum + length)).toBeLessThan((10 * body.length) / 2);
  });

  test("ride alone when one of them is larger than that", async () => {
    const body = "x".repeat(1024 * 1024);
    await Promise.all(hundreds.slice(0, 5).map((id) => observations.add({ ...observation(id), body })));
    expect(await sizes()).toHaveLength(5);
  });
});

describe("a batch that Redis refuses", () => {
  test("is refused whole", async () => {
    await redis.config("SET", "maxmemory", "1");
    expect(await outcomes(hundreds)).toEqual(new Set(["rejected"]));
    await redis.config("SET", "maxmemory", "0");
    expect(await queued()).toEqual([]);
  });

  test("is complete, and not doubled, once it is sent again", async () => {
    await redis.config("SET", "maxmemory", "1");
    await outcomes(hundreds);
    await redis.config("SET", "maxmemory", "0");
    await addAll(hundreds);
    expect((await queued()).sort()).toEqual([...hundreds].sort());
  });

  test("takes with it all that wait behind it, so that nobody waits twice", async () => {
    const pid = Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]);
    process.kill(pid, "SIGSTOP");
    const refused = await outcomes(hundreds);
    process.kill(pid, "SIGCONT");
    expect(refused).toEqual(new Set(["rejected"]));
    // The first was on its way, and Redis does it once it wakes: that is what makes a refusal ambiguous.
    await waitUntil("the job that was on its way", async () => (await queued()).length > 0);
    expect(await queued()).toEqual(["o0"]);
  });
});

function addAll(ids: readonly string[]): Promise<unknown> {
  return Promise.all(ids.map((id) => observations.add(observation(id))));
}

async function outcomes(ids: readonly string[]): Promise<Set<string>> {
  const settled = await Promise.allSettled(ids.map((id) => observations.add(observation(id))));
  return new Set(settled.map(({ status }) => status));
}

async function sizes(): Promise<number[]> {
  return (await queues.of("acme").observations.getWaiting()).map(
    ({ data }) => JSON.stringify(unpacked(data)).length,
  );
}

async function queued(): Promise<string[]> {
  const reader = openQueues(redis);
  const jobs = await reader.of("acme").observations.getWaiting(0, -1);
  return jobs.flatMap(({ data }) => Batch.parse(unpacked(data)).observations.map(({ id }) => id));
}
