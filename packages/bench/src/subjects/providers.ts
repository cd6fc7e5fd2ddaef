import { startEmbeddedRedis } from "@statuswire/embedded-redis";
import { partitionQueueName, prefix, usualPartitionCount } from "@statuswire/queues";
import { residentMb, waitUntil } from "@statuswire/testing";
import { Redis } from "ioredis";
import { type Pages, servePages, watching } from "../pages.ts";
import type { Stage } from "../stage.ts";
import type { Measured, Subject } from "../subject.ts";
import { startTogether, statuswireUp } from "../together.ts";
import { childrenOf, cpuDuring, window } from "../usage.ts";

const count = 2500;
const everySeconds = 60;
const firstAskedMs = 180_000;

/** A great many providers, configured at once: `statuswire up` with an embedded Redis, against pages on this machine. */
export const providers: Subject = {
  name: "providers",
  figures: [
    {
      name: "providers-ready",
      about: `\`statuswire up\` with ${count} providers until every /readyz answers and every schedule is in place`,
      unit: "s",
      better: "lower",
      goal: { of: "median", atMost: 10 },
    },
    { name: "providers-asked", about: "until every page has been asked once", unit: "s", better: "lower" },
    {
      name: "providers-on-schedule",
      about: `polls that came, of those that were due, one per page every ${everySeconds} s`,
      unit: "%",
      better: "higher",
      goal: { of: "median", atLeast: 99, atMost: 101 },
      missedBecause:
        "a quick run looks on for half an interval, and not exactly half of the pages are due in it: six such runs gave 95 to 105 %",
    },
    {
      name: "providers-cpu",
      about: "worker and Redis, of one core, while nothing changes",
      unit: "%",
      better: "lower",
      goal: { of: "median", atMost: 10 },
      missedBecause:
        "of the 2.2 to 3.3 ms of a poll, BullMQ's schedule and job take about 1.6 (1.0 in the worker, 0.6 in Redis, where the scripts are less than half of it), got 0.4, " +
        "and V8's collectors a third of the worker's. Fewer threads for these and a smaller young generation gained nothing; handing node:http less per request did",
    },
    { name: "providers-cpu-per-poll", about: "worker and Redis, per unchanged poll", unit: "ms", better: "lower" },
    {
      name: "providers-memory",
      about: "the worker's resident memory",
      unit: "MB",
      better: "lower",
      goal: { of: "median", atMost: 200 },
    },
    { name: "providers-redis", about: "Redis' memory per provider", unit: "bytes", better: "lower" },
  ],
  ours,
};

async function ours(stage: Stage): Promise<Measured> {
  const pages = await servePages(stage, { pages: count, components: 20, rebuildMs: 0 });
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1000;
  const { pid, data } = await startTogether(
    stage,
    statuswireUp,
    watching({ count, addresses: pages.addresses, everySeconds }),
  );
  const redis = await embeddedIn(data, stage);
  await waitUntil("every schedule", async () => (await scheduled(redis)) === count, firstAskedMs);
  const ready = since();
  await waitUntil("every page to be asked", async () => (await pages.asked()).pages === count, firstAskedMs);
  return { "providers-ready": ready, "providers-asked": since(), ...(await steady({ stage, pid, redis, pages })) };
}

interface Scene {
  stage: Stage;
  pid: number;
  redis: Redis;
  pages: Pages;
}

async function steady({ stage, pid, redis, pages }: Scene): Promise<Measured> {
  const seconds = stage.quick ? 30 : 60;
  // A schedule's slot soon after the first poll is passed over; from half an interval on, none is.
  await window(everySeconds / 2);
  const worker = (await childrenOf(pid)).find(({ command }) => command.includes("/worker/"))?.pid ?? 0;
  const server = Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]);
  const before = await pages.asked();
  const cpu = await cpuDuring([worker, server], () => window(seconds));
  const polls = (await pages.asked()).answers - before.answers;
  return {
    "providers-on-schedule": (100 * polls * everySeconds) / (count * seconds),
    "providers-cpu": (100 * cpu) / seconds,
    "providers-cpu-per-poll": (1000 * cpu) / polls,
    "providers-memory": await residentMb(worker),
    "providers-redis": Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]) / count,
  };
}

/** A connection to the Redis that `statuswire up` has started in a folder. */
async function embeddedIn(dataDir: string, stage: Stage): Promise<Redis> {
  const env = { ...stage.env, STATUSWIRE_NO_INSTALL: "1" };
  const { socketPath, stop } = await startEmbeddedRedis({ dataDir, env, report: () => undefined });
  stage.defer(stop);
  const redis = new Redis(socketPath, { maxRetriesPerRequest: null });
  redis.on("error", () => undefined);
  stage.defer(async () => redis.disconnect());
  return redis;
}

async function scheduled(redis: Redis): Promise<number> {
  const names = Array.from({ length: usualPartitionCount }, (_, index) => partitionQueueName("polls", index));
  const counts = await Promise.all(names.map((name) => redis.zcard(`${prefix}:${name}:repeat`)));
  return counts.reduce((sum, count) => sum + count, 0);
}
