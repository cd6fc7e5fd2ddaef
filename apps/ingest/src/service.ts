import { awaitReplicas, connect, groupCommit, openQueue, partitionQueueName } from "@statuswire/queues";
import { examineRedis, listen, redisIsReady, type Service, watchRedis } from "@statuswire/service";
import { createRegistry, type Tell } from "@statuswire/telemetry";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { createApp } from "./app.ts";
import { watchCapacity } from "./capacity.ts";
import type { Config } from "./config.ts";
import { followSenders } from "./follow-senders.ts";
import { followPartitionCount } from "./partition-count.ts";
import { createRateLimit } from "./rate-limit.ts";

/** A sender that waits longer than a second or two gives up, and then does not know what became of it. */
const answerWithinMs = 900;

/**
 * Ingest, running. It starts without Redis and answers 503 until there is one. Throws ConfigError when statuswire.yaml has
 * mistakes.
 */
export async function startIngest(config: Config, tell: Tell): Promise<Service> {
  const { http, hosts, limits, rates, trustedProxies } = config;
  const following = await followSenders({ env: config.env, unproven: config.unproven, tell });
  const redis = watchRedis(connect(config.redis.url, "producer"), tell);
  const registry = createRegistry();
  examineRedis(redis, { tell, registry, now: Date.now });
  const partitions = followPartitionCount(redis);
  const capacity = watchCapacity({ redis, queues: createWaiting(redis, partitions.current), limits, tell });
  const app = createApp({
    observations: groupCommit(redis, {
      partitions: partitions.current,
      answerWithinMs,
      confirm: confirmation(redis, { ...config.redis, tell }),
    }),
    senders: following.senders,
    isOwnHost: (name) => hosts.has(name) || name === following.publicHost(),
    rateLimit: createRateLimit(redis, rates),
    capacity,
    ready: async () => (partitions.current() === undefined ? notYet : redisIsReady(redis)),
    registry,
    tell,
    limits,
    trustedProxies,
    now: () => new Date(),
  });
  const close = async () => {
    await Promise.all([following.stop(), capacity.stop(), partitions.stop()]);
    redis.disconnect();
  };
  try {
    const listening = await listen(app, { ...http, variable: "INGEST_PORT" });
    return { url: listening.url, stop: () => listening.close().then(close) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The queues that accepted webhooks wait in; none until it is known how many partitions there are. */
function createWaiting(redis: Redis, partitionCount: () => number | undefined): () => readonly Queue[] {
  let queues: readonly Queue[] = [];
  return () => {
    const count = partitionCount() ?? 0;
    if (queues.length !== count)
      queues = Array.from({ length: count }, (_, partition) => openWaiting(redis, partition));
    return queues;
  };
}

function openWaiting(redis: Redis, partition: number): Queue {
  return openQueue(redis, "observations", partitionQueueName("observations", partition)).on(
    "error",
    () => undefined,
  );
}

const notYet = "Redis has not said yet how many partitions there are.";

interface Demand {
  replicas: number;
  tell: Tell;
}

/** What has to be so before a webhook counts as accepted, besides that Redis has it: a replica that takes over has it, too. */
function confirmation(redis: Redis, { replicas, tell }: Demand): (() => Promise<void>) | undefined {
  if (!replicas) return undefined;
  return async () => {
    try {
      await awaitReplicas(redis, { replicas, withinMs: answerWithinMs });
    } catch (error) {
      tell("redis.unreplicated", { error });
      throw error;
    }
  };
}
