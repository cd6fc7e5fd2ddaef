import { type JobsOptions, type JobType, Queue } from "bullmq";
import type { Redis } from "ioredis";
import {
  type PartitionQueueKind,
  partitionOf,
  partitionQueueKinds,
  partitionQueueName,
  usualPartitionCount,
} from "./partitions.ts";

/** Everything of ours in Redis stands under one hash tag, so that every script is legal on a cluster. */
export const prefix = "{sw}";

/** The queues that there is one of. */
export const sharedQueueNames = ["deliveries", "dead-letters"] as const;
type SharedQueueName = (typeof sharedQueueNames)[number];

/** What a queue carries; a partition has a queue of its own for some kinds. */
export type QueueKind = PartitionQueueKind | SharedQueueName;

/** What kind of queue that is, by its name: those that share one kind's work are numbered, as in `observations-03`. */
export function kindOf(queue: string): string {
  return queue.replace(/-\d+$/, "");
}

const backoff = { type: "exponential", delay: 1000, jitter: 0.5 } as const;

/** How often each kind of job is tried, and how long it is kept afterwards. Failed jobs stay until they are dead letters. */
export const jobOptions: Readonly<Record<QueueKind, JobsOptions>> = {
  // Kept for an hour, a completed observation's id swallows the sender's redeliveries.
  observations: {
    attempts: 5,
    backoff,
    removeOnComplete: { age: 3600, count: 5000 },
    removeOnFail: false,
    stackTraceLimit: 5,
  },
  // The next slot of the schedule is the retry.
  polls: {
    attempts: 1,
    removeOnComplete: { age: 3600, count: 500 },
    removeOnFail: { count: 200 },
    stackTraceLimit: 5,
  },
  // What a process did not survive. See docs/decisions/010-quarantine.md.
  quarantine: {
    attempts: 5,
    backoff,
    removeOnComplete: { age: 3600, count: 5000 },
    removeOnFail: false,
    stackTraceLimit: 5,
  },
  deliveries: {
    attempts: 5,
    backoff,
    removeOnComplete: { age: 3600, count: 5000 },
    removeOnFail: false,
    stackTraceLimit: 5,
  },
  "dead-letters": { attempts: 1, removeOnComplete: true, removeOnFail: false },
};

/** For a question about one incident, whose closing words stand nowhere else: no next slot is its retry, so it is tried for two minutes. */
export const askOptions: JobsOptions = { attempts: 8, backoff, removeOnComplete: true, removeOnFail: true };

/** One partition's queues. */
export type PartitionQueues = Readonly<Record<PartitionQueueKind, Queue>>;

/** Every queue. */
export interface Queues extends Readonly<Record<SharedQueueName, Queue>> {
  /** By partition. */
  partitions: readonly PartitionQueues[];
  /** The queues of a provider's partition. */
  of(provider: string): PartitionQueues;
}

/** A queue by its kind and name on a connection. Nothing in it waits for Redis: a producer asks `redis.status` and fails fast. */
export function openQueue(redis: Redis, kind: QueueKind, name: string = kind): Queue {
  return new Queue(name, {
    connection: redis,
    prefix,
    // Goes with `skipWaitingForReady`: its INFO, refused once, would break the queue for ever.
    skipVersionCheck: true,
    skipWaitingForReady: true,
    skipMetasUpdate: true,
    defaultJobOptions: jobOptions[kind],
  });
}

/** All queues on one connection, for so many partitions; see `readPartitionCount`. */
export function openQueues(redis: Redis, partitionCount = usualPartitionCount): Queues {
  const partitions = Array.from({ length: partitionCount }, (_, partition) => openPartition(redis, partition));
  return {
    deliveries: openQueue(redis, "deliveries"),
    "dead-letters": openQueue(redis, "dead-letters"),
    partitions,
    of(provider) {
      const queues = partitions[partitionOf(provider, partitionCount)];
      if (!queues) throw new Error(`There is no partition for ${provider} among ${partitionCount}.`);
      return queues;
    },
  };
}

function openPartition(redis: Redis, partition: number): PartitionQueues {
  const open = (kind: PartitionQueueKind) => openQueue(redis, kind, partitionQueueName(kind, partition));
  return { observations: open("observations"), polls: open("polls"), quarantine: open("quarantine") };
}

/** Each queue with its kind. */
export function allQueues(queues: Queues): { kind: QueueKind; queue: Queue }[] {
  return [
    ...sharedQueueNames.map((kind) => ({ kind, queue: queues[kind] })),
    ...queues.partitions.flatMap((partition) =>
      partitionQueueKinds.map((kind) => ({ kind, queue: partition[kind] })),
    ),
  ];
}

/** How many jobs of a kind there are in some states, over all partitions. */
export async function countJobs(queues: Queues, kind: QueueKind, states: readonly JobType[]): Promise<number> {
  const some = allQueues(queues).filter((one) => one.kind === kind);
  const counts = await Promise.all(some.map(({ queue }) => queue.getJobCountByTypes(...states)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Closes every queue; the connection stays the caller's. */
export async function closeQueues(queues: Queues): Promise<void> {
  await Promise.all(allQueues(queues).map(({ queue }) => queue.close()));
}
