import type { Redis } from "ioredis";
import { z } from "zod";

/** How many partitions a new installation has. More partitions allow more workers; each costs three idle queues. */
export const usualPartitionCount = 16;

/** The most that can be set: what a worker asks Redis grows with it. */
export const mostPartitions = 256;

/** The queues that each partition has: what was observed, the polls of its pages, and the jobs that a process did not survive. */
export const partitionQueueKinds = ["observations", "polls", "quarantine"] as const;
export type PartitionQueueKind = (typeof partitionQueueKinds)[number];

const tag = "{sw}";

/**
 * Where the facts about partitions are in Redis. A partition of its own hash tag needs these, its queues' prefix and the keys
 * of its providers under that tag: see docs/decisions/025-partitions.md.
 */
export const partitionKeys = {
  /** How many there are. */
  count: `${tag}:partitions`,
  /** A hash: which worker holds which partition (`owner:3`), the load it measured (`load:3`), and the last fencing number. */
  leases: `${tag}:leases`,
  /** A sorted set: the workers, by when they count as dead, in epoch ms of Redis' clock. */
  workers: `${tag}:workers`,
  /** A hash: a partition's providers whose observations must wait, and for which quarantine job; empty for a retry. */
  deferred: (partition: number) => `${tag}:deferred:${partition}`,
  /** A list: the observations of a provider that wait, the oldest first. */
  waiting: (partition: number, provider: string) => `${tag}:deferred:${partition}:${provider}`,
} as const;

/** The partition of a provider, from 0 to `count` - 1: the same in every process. */
export function partitionOf(provider: string, count: number): number {
  return hashOf(provider) % count;
}

/** A partition as people read it and as its queues are named: `07`. */
export function partitionName(partition: number): string {
  return String(partition).padStart(2, "0");
}

/** The name of one of a partition's queues: `observations-07`. */
export function partitionQueueName(kind: PartitionQueueKind, partition: number): string {
  return `${kind}-${partitionName(partition)}`;
}

const Count = z.coerce.number().int().min(1).max(mostPartitions);

/** How many partitions there are. Sets the usual number where there is none yet. Rejects when Redis does not answer. */
export async function readPartitionCount(redis: Redis): Promise<number> {
  await redis.setnx(partitionKeys.count, usualPartitionCount);
  return Count.parse(await redis.get(partitionKeys.count));
}

/** A 32-bit hash of a text: FNV-1a with a final mix, so that similar names are spread evenly. */
export function hashOf(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
