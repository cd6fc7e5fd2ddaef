import type { Tell } from "@statuswire/telemetry";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { type Backlog, measureBacklog } from "./backlog.ts";
import { type Memory, readMemory } from "./memory.ts";
import { type Repeated, repeat } from "./repeat.ts";

interface CapacityLimits {
  /** Waiting jobs, and their bytes. */
  queueDepth: number;
  queueBytes: number;
  /** Of Redis' `maxmemory`: workers need the rest to work off what waits. */
  memoryPercent: number;
}

export interface Capacity extends Repeated {
  /** Why nothing more may be accepted; undefined when it may. */
  refusal(): string | undefined;
  /** Counts what was accepted until the next look. */
  count(bytes: number): void;
}

interface Dependencies {
  redis: Redis;
  /** Where accepted webhooks wait. */
  queues(): readonly Queue[];
  limits: CapacityLimits;
  tell: Tell;
}

interface Load {
  backlog: Backlog;
  memory: Memory;
}

const everyMs = 1_000;
const nothing: Load = { backlog: { jobs: 0, bytes: 0 }, memory: { used: 0, limit: 0 } };

/**
 * Watches how much waits and how full Redis is, beside the requests. Between two looks, what this process accepts is added, as long as
 * it came. While Redis is away nothing is known, and nothing refused for it.
 */
export function watchCapacity({ redis, queues, limits, tell }: Dependencies): Capacity {
  let load = nothing;
  let added = 0;
  let told: string | undefined;

  async function look(): Promise<void> {
    added = 0;
    const [backlog, memory] = await Promise.all([measureBacklog(redis, queues()), readMemory(redis)]);
    load = { backlog, memory };
    const reason = refusalOf(load, { added: 0, limits });
    if (reason !== undefined && told === undefined)
      tell("ingest.full", { reason, ...backlog, memory: memory.used });
    if (reason === undefined && told !== undefined) tell("ingest.freed", { ...backlog, memory: memory.used });
    told = reason;
  }

  const { stop } = repeat(everyMs, () =>
    look().catch(() => {
      load = nothing;
    }),
  );
  return {
    refusal: () => refusalOf(load, { added, limits }),
    count: (bytes) => void (added += bytes),
    stop,
  };
}

interface Bounds {
  /** Bytes accepted since the load was measured. */
  added: number;
  limits: CapacityLimits;
}

/** Why nothing more may be accepted under a load; undefined when it may. */
export function refusalOf({ backlog, memory }: Load, { added, limits }: Bounds): string | undefined {
  if (backlog.jobs > limits.queueDepth) return "Too many webhooks are waiting to be processed.";
  if (backlog.bytes + added > limits.queueBytes) return "Too many bytes are waiting to be processed.";
  const isNearlyFull = memory.limit > 0 && memory.used + added > (memory.limit * limits.memoryPercent) / 100;
  return isNearlyFull ? "Redis is nearly out of memory (maxmemory)." : undefined;
}
