import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { allQueues, closeQueues, connect, openQueues, type Queues, type Role } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let queues: Queues;

beforeEach(async () => {
  server = await freshRedis();
});
afterEach(async () => {
  await closeQueues(queues);
  redis.disconnect();
  await server.stop();
});

describe("a producer", () => {
  test("is refused while Redis is away, and served when it is back", async () => {
    await lean("producer");
    await server.crash();
    await expect(add("one")).rejects.toThrow();
    await server.revive();
    await waitUntil("the producer to be served", () => add("two").then(() => true));
    expect(await queues.of("acme").observations.getWaitingCount()).toBe(1);
  });

  test("is refused when Redis hangs, and served when it goes on", async () => {
    await lean("producer");
    const pid = Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]);
    process.kill(pid, "SIGSTOP");
    await expect(add("one")).rejects.toThrow();
    process.kill(pid, "SIGCONT");
    await waitUntil("the producer to be served", () => add("two").then(() => true));
  });

  test("that starts before Redis is served once there is one", async () => {
    await server.crash();
    open("producer");
    await expect(add("one")).rejects.toThrow();
    await server.revive();
    await waitUntil("the producer to be served", () => add("two").then(() => true));
  });
});

describe("a worker's connection", () => {
  test("waits for Redis, however long", async () => {
    await lean("worker");
    await server.crash();
    const waiting = add("one");
    await server.revive();
    await waiting;
    expect(await queues.of("acme").observations.getWaitingCount()).toBe(1);
  });
});

function open(role: Role): void {
  redis = connect(server.path, role);
  redis.on("error", () => undefined);
  queues = openQueues(redis);
  for (const { queue } of allQueues(queues)) queue.on("error", () => undefined);
}

async function lean(role: Role): Promise<void> {
  open(role);
  await new Promise((resolve) => redis.once("ready", resolve));
}

function add(id: string) {
  return queues.of("acme").observations.add("acme", {}, { jobId: id });
}
