import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { type ReplicatedRedis, startCluster, startSentinels, waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { allQueues, awaitReplicas, closeQueues, connect, openQueues, type Role } from "../src/index.ts";

jest.setTimeout(120_000);

const failoverMs = 60_000;
let servers: ReplicatedRedis;
const opened: Redis[] = [];

afterEach(async () => {
  for (const redis of opened.splice(0)) redis.disconnect();
  await servers.stop();
});

describe.each([
  ["sentinels", startSentinels],
  ["nodes of a cluster", startCluster],
])("a connection that is told of the master by %s", (_whom, start) => {
  test.each([
    ["is killed", "SIGKILL"],
    ["hangs", "SIGSTOP"],
  ] as const)("goes on with a replica when the master %s", async (_how, signal) => {
    servers = await start(process.env);
    const [worker, waiting] = [open("worker"), open("worker")];
    const queues = openQueues(open("producer"));
    for (const { queue } of allQueues(queues)) queue.on("error", () => undefined);
    await waitUntil("a job to be accepted", () => queues.of("acme").observations.add("before", {}));
    const popped = waiting.bzpopmin("{sw}:awaited", 0);
    await awaitReplicas(worker, { replicas: 1, withinMs: 5000 });

    process.kill(servers.master.pid, signal);
    await waitUntil(
      "a job to be accepted again",
      () => queues.of("acme").observations.add("after", {}),
      failoverMs,
    );
    await worker.zadd("{sw}:awaited", 1, "what was waited for");

    expect(await popped).toEqual(["{sw}:awaited", "what was waited for", "1"]);
    expect(await queues.of("acme").observations.getWaitingCount()).toBe(2);
    await closeQueues(queues);
  });
});

describe("what is written", () => {
  test("is not said to be replicated while the replicas hang", async () => {
    servers = await startSentinels(process.env);
    const redis = open("worker");
    for (const { pid } of servers.replicas) process.kill(pid, "SIGSTOP");
    await redis.set("{sw}:one", "1");
    await expect(awaitReplicas(redis, { replicas: 1, withinMs: 100 })).rejects.toThrow("0 of 1 replicas");
  });
});

describe("sentinels that know no such master", () => {
  test("are named to whoever waits for it", async () => {
    servers = await startSentinels(process.env);
    const redis = open("reader", servers.url.replace("/statuswire", "/other"));
    const error = await new Promise<Error>((resolve) => void redis.once("error", resolve));
    expect(error.message).toMatch(/None of 127\.0\.0\.1:\d+, .* says where the master is \(.*No such master/);
  });
});

function open(role: Role, url = servers.url): Redis {
  const redis = connect(url, role);
  redis.on("error", () => undefined);
  opened.push(redis);
  return redis;
}
