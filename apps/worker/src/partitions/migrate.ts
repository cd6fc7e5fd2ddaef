import {
  type AppendedJob,
  Batch,
  buryFailed,
  createAppend,
  Delivery,
  jobsFor,
  legible,
  openQueue,
  Poll,
  type Queues,
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
 * Moves what 0.1 left in its queues to the partitions, ahead of what has come since, in order, and removes its queues and schedules.
 * One worker at a time does it; the others wait, since nothing of a partition may be processed before what is older. While
 * workers or an ingest of 0.1 still run, there may be more later. Returns how many jobs were moved.
 */
export async function migrate({ redis, queues, worker, tell }: Dependencies): Promise<number> {
  const former: FormerQueues = {
    observations: openQueue(redis, "observations"),
    polls: openQueue(redis, "polls"),
    quarantine: openQueue(redis, "quarantine"),
  };
  for (const queue of Object.values(former)) queue.on("error", () => undefined);
  try {
    if (!(await exists(redis, former))) return 0;
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

async function exists(redis: Redis, former: FormerQueues): Promise<boolean> {
  const states = ["meta", "id", "wait", "active", "delayed", "repeat", "failed", "completed"];
  return (
    (await redis.exists(Object.values(former).flatMap((queue) => states.map((state) => queue.toKey(state))))) > 0
  );
}

async function moveAll(
  redis: Redis,
  { former, queues }: { former: FormerQueues; queues: Queues },
): Promise<number> {
  const schedulers = await redis.zrange(former.polls.toKey("repeat"), 0, "-1");
  for (const id of schedulers) await former.polls.removeJobScheduler(id);
  let moved = 0;
  for (const kind of formerKinds) {
    // From the newest to the oldest, each ahead of those before it: the oldest ends up first, also when this is begun anew.
    for (const job of await jobsIn(former[kind])) moved += await move(job, { redis, queues });
    await buryFailed(queues, [{ kind, queue: former[kind] }]);
    await removeIfEmpty(former[kind]);
  }
  return moved;
}

/** What waits and what nobody has in hand any more, the newest first; retries are older than what waits. */
async function jobsIn(queue: Queue): Promise<Job[]> {
  const states = ["waiting", "active", "delayed"] as const;
  const [waiting = [], active = [], delayed = []] = await Promise.all(
    states.map((state) => queue.getJobs([state], 0, -1, false)),
  );
  return [...waiting, ...active, ...delayed].filter((job) => (job as Job | undefined) !== undefined);
}

async function move(job: Job, { redis, queues }: { redis: Redis; queues: Queues }): Promise<number> {
  const data = legible(job.data);
  const [batch, poll, delivery] = [Batch.safeParse(data), Poll.safeParse(data), Delivery.safeParse(data)];
  // A worker of 0.1 has it in hand: it is done there, or found here next time.
  if (await isLocked(redis, job)) return 0;
  if (batch.success) await addAhead(redis, jobsFor(batch.data.observations, queues.partitions.length));
  else if (delivery.success) await queues.deliveries.add(job.name, delivery.data, { ...job.opts, delay: 0 });
  else if (poll.success && poll.data.incident !== undefined)
    await queues.of(poll.data.provider).polls.add(job.name, poll.data, { ...job.opts, delay: 0 });
  await job.remove().catch(() => undefined);
  return batch.success || delivery.success ? 1 : 0;
}

async function isLocked(redis: Redis, job: Job): Promise<boolean> {
  const key = `{sw}:${job.queueName}:${job.id ?? ""}:lock`;
  return (await redis.exists(key)) === 1;
}

async function addAhead(redis: Redis, jobs: readonly AppendedJob[]): Promise<void> {
  await createAppend(redis)(jobs.toReversed(), { isFirst: true });
}

async function removeIfEmpty(queue: Queue): Promise<void> {
  const left = await queue.getJobCountByTypes("wait", "active", "delayed", "prioritized", "failed");
  if (!left) await queue.obliterate().catch(() => undefined);
}
