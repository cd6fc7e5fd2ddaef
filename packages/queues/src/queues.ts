import { type JobsOptions, Queue } from "bullmq";
import type { Redis } from "ioredis";

/** Everything of ours in Redis stands under one hash tag, so that every script is legal on a cluster. */
export const prefix = "{sw}";

export const queueNames = ["observations", "polls", "deliveries", "quarantine", "dead-letters"] as const;
export type QueueName = (typeof queueNames)[number];

/** What kind of queue that is, by its name: those that share one kind's work are numbered, as in `observations-03`. */
export function kindOf(queue: string): string {
  return queue.replace(/-\d+$/, "");
}

const backoff = { type: "exponential", delay: 1000, jitter: 0.5 } as const;

/** How often each kind of job is tried, and how long it is kept afterwards. Failed jobs stay until they are buried. */
export const jobOptions: Readonly<Record<QueueName, JobsOptions>> = {
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
  deliveries: {
    attempts: 5,
    backoff,
    removeOnComplete: { age: 3600, count: 5000 },
    removeOnFail: false,
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
  "dead-letters": { attempts: 1, removeOnComplete: true, removeOnFail: false },
};

/** For a question about one incident, whose closing words stand nowhere else: no next slot is its retry, so it is tried for two minutes. */
export const askOptions: JobsOptions = { attempts: 8, backoff, removeOnComplete: true, removeOnFail: true };

export type Queues = Readonly<Record<QueueName, Queue>>;

/**
 * All queues on one connection. Nothing here waits for Redis: a producer asks `redis.status` and fails fast.
 * `skipVersionCheck` goes with `skipWaitingForReady`: its INFO, refused once, would break the queue for ever.
 */
export function openQueues(redis: Redis): Queues {
  const open = (name: QueueName) =>
    new Queue(name, {
      connection: redis,
      prefix,
      skipVersionCheck: true,
      skipWaitingForReady: true,
      skipMetasUpdate: true,
      defaultJobOptions: jobOptions[name],
    });
  return {
    observations: open("observations"),
    polls: open("polls"),
    deliveries: open("deliveries"),
    quarantine: open("quarantine"),
    "dead-letters": open("dead-letters"),
  };
}

/** Closes every queue; the connection stays the caller's. */
export async function closeQueues(queues: Queues): Promise<void> {
  await Promise.all(queueNames.map((name) => queues[name].close()));
}
