import {
  Batch,
  buryFailed,
  createAppend,
  Delivery,
  jobsFor,
  legible,
  openQueue,
  Poll,
  prefix,
  type Queues,
  readLeases,
} from "@statuswire/queues";
import type { Tell } from "@statuswire/telemetry";
import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { setTimeout as wait } from "node:timers/promises";

interface Dependencies {
  redis: Redis;
  queues: Queues;
  /** A name that no other process has. */
  worker: string;
  tell: Tell;
}

/** The queues of 0.1, which had one of each kind for all providers. */
const formerKinds = ["observations", "polls", "quarantine"] as const;
type FormerQueues = Readonly<Record<(typeof formerKinds)[number], Queue>>;

const lockKey = "{sw}:migration";
const lockMs = 30_000;
const againMs = 1000;

/**
 * Moves what 0.1 left in its queues to the partitions, in order, and removes its queues and schedules. It goes ahead of what has come
 * since, as long as no partition is worked; what an ingest of 0.1 that still runs brings later goes behind. One worker at a time does it;
 * the others wait, since nothing of a partition may be processed before what is older. Returns how many jobs were moved.
 */
export async function migrate({ redis, queues, worker, tell }: Dependencies): Promise<number> {
  if (!(await isAnythingLeft(redis))) return 0;
  const former: FormerQueues = {
    observations: openQueue(redis, "observations"),
    polls: openQueue(redis, "polls"),
    quarantine: openQueue(redis, "quarantine"),
  };
  for (const queue of Object.values(former)) queue.on("error", () => undefined);
  try {
    while ((await redis.set(lockKey, worker, "PX", lockMs, "NX")) !== "OK") await wait(againMs);
    try {
      const moved = await moveAll(redis, { former, queues });
      if (moved) tell("queue.migrated", { jobs: moved });
      return moved;
    } finally {
      if ((await redis.get(lockKey)) === worker) await redis.del(lockKey);
    }
  } finally {
    await Promise.all(Object.values(former).map((queue) => queue.close()));
  }
}

/** Asked again and again: it costs one question. */
async function isAnythingLeft(redis: Redis): Promise<boolean> {
  const parts = ["meta", "id", "wait", "active", "delayed", "repeat", "failed", "completed"];
  return (await redis.exists(formerKinds.flatMap((kind) => parts.map((part) => `${prefix}:${kind}:${part}`)))) > 0;
}

async function moveAll(
  redis: Redis,
  { former, queues }: { former: FormerQueues; queues: Queues },
): Promise<number> {
  const { owners } = await readLeases(redis, queues.partitions.length);
  const isFirst = owners.every((owner) => owner === undefined);
  // Workers of 0.1 would make their schedules anew and ask every page at once.
  if (!(await former.polls.getWorkersCount())) await removeSchedules(redis, former);
  let moved = 0;
  for (const kind of formerKinds) {
    const newestFirst = await jobsIn(former[kind]);
    // Ahead of all others, the newest goes first: the oldest ends up before it, also when this is begun anew.
    const jobs = isFirst ? newestFirst : newestFirst.toReversed();
    for (const job of jobs) moved += await move(job, { redis, queues, isFirst });
    await buryFailed(queues, [{ kind, queue: former[kind] }]);
    await removeIfEmpty(former[kind]);
  }
  return moved;
}

async function removeSchedules(redis: Redis, { polls }: FormerQueues): Promise<void> {
  const schedulers = await redis.zrange(polls.toKey("repeat"), 0, "-1");
  for (const id of schedulers) await polls.removeJobScheduler(id);
}

interface Destination {
  redis: Redis;
  queues: Queues;
  /** Whether it goes ahead of all that waits. */
  isFirst: boolean;
}

/** What waits and what nobody has in hand any more, the newest first; retries are older than what waits. */
async function jobsIn(queue: Queue): Promise<Job[]> {
  const states = ["waiting", "active", "delayed"] as const;
  const [waiting = [], active = [], delayed = []] = await Promise.all(
    states.map((state) => queue.getJobs([state], 0, -1, false)),
  );
  return [...waiting, ...active, ...delayed].filter((job) => (job as Job | undefined) !== undefined);
}

async function move(job: Job, { redis, queues, isFirst }: Destination): Promise<number> {
  const data = legible(job.data);
  const [batch, poll, delivery] = [Batch.safeParse(data), Poll.safeParse(data), Delivery.safeParse(data)];
  // A worker of 0.1 has it in hand: it is done there, or found here next time.
  if (await isLocked(redis, job)) return 0;
  if (batch.success) {
    const jobs = jobsFor(batch.data.observations, queues.partitions.length);
    await createAppend(redis)(isFirst ? jobs.toReversed() : jobs, { isFirst });
  } else if (delivery.success) await queues.deliveries.add(job.name, delivery.data, { ...job.opts, delay: 0 });
  else if (poll.success && poll.data.incident !== undefined)
    await queues.of(poll.data.provider).polls.add(job.name, poll.data, { ...job.opts, delay: 0 });
  await job.remove().catch(() => undefined);
  return batch.success || delivery.success ? 1 : 0;
}

async function isLocked(redis: Redis, job: Job): Promise<boolean> {
  const key = `{sw}:${job.queueName}:${job.id ?? ""}:lock`;
  return (await redis.exists(key)) === 1;
}

async function removeIfEmpty(queue: Queue): Promise<void> {
  const left = await queue.getJobCountByTypes("wait", "active", "delayed", "prioritized", "failed");
  if (!left) await queue.obliterate().catch(() => undefined);
}
