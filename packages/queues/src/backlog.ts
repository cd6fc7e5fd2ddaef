import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { z } from "zod";
import { kindOf } from "./queues.ts";

/** How many jobs of one kind there are in each state, over all queues of the kind. */
export interface Backlog {
  kind: string;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  /** Since when, in epoch ms, the oldest job is due that is not done. Undefined: none is due. */
  dueSince: number | undefined;
}

interface Now {
  redis: Redis;
  /** Epoch ms. */
  now: number;
}

/** The backlogs of queues, one a kind. */
export async function backlogsOf(queues: readonly Queue[], asked: Now): Promise<Backlog[]> {
  const backlogs = new Map<string, Backlog>();
  for (const one of await Promise.all(queues.map((queue) => backlogOf(queue, asked)))) {
    const before = backlogs.get(one.kind);
    backlogs.set(one.kind, before ? sum(before, one) : one);
  }
  return [...backlogs.values()];
}

async function backlogOf(queue: Queue, asked: Now): Promise<Backlog> {
  const [counts, dueSince] = await Promise.all([
    queue.getJobCounts("waiting", "prioritized", "active", "delayed", "failed"),
    dueSinceIn(queue, asked),
  ]);
  const { waiting = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
  return { kind: kindOf(queue.name), waiting: waiting + prioritized, active, delayed, failed, dueSince };
}

function sum(one: Backlog, other: Backlog): Backlog {
  return {
    kind: one.kind,
    waiting: one.waiting + other.waiting,
    active: one.active + other.active,
    delayed: one.delayed + other.delayed,
    failed: one.failed + other.failed,
    dueSince: earliest([one.dueSince, other.dueSince]),
  };
}

/** Asks for the oldest of each state only, and not for what it carries: that may be megabytes. */
async function dueSinceIn(queue: Queue, { redis, now }: Now): Promise<number | undefined> {
  const [waiting, active, delayed] = await Promise.all([
    redis.lindex(queue.toKey("wait"), -1),
    redis.lindex(queue.toKey("active"), -1),
    redis.zrange(queue.toKey("delayed"), "0", "0", "WITHSCORES"),
  ]);
  const dueOf = async (id: string | null, starts: number) => {
    if (id === null) return undefined;
    return dueSinceOf(await redis.hmget(queue.toKey(id), "timestamp", "opts", "ats", "processedOn"), starts);
  };
  return earliest([await dueOf(waiting, 0), await dueOf(active, 1), overdue(delayed[1], now)]);
}

const Options = z.object({ delay: z.number().default(0) });

/** Since when a job is due: as it was meant to be, or since it was last started, if it has been more often than it would have been. */
function dueSinceOf(fields: readonly (string | null)[], starts: number): number | undefined {
  const [timestamp, opts, started, startedAt] = fields;
  // It was done, and removed, in this very moment.
  if (timestamp === null || timestamp === undefined) return undefined;
  if (Number(started ?? 0) > starts && startedAt) return Number(startedAt);
  return Number(timestamp) + Options.parse(JSON.parse(opts ?? "{}")).delay;
}

/** BullMQ's score of a delayed job is the time at which it is due, and a count in the lowest 12 bits. */
const countsInScore = 4096;

/** A delayed job whose time has come and that nobody takes: no worker is there. */
function overdue(score: string | undefined, now: number): number | undefined {
  const due = Math.floor(Number(score) / countsInScore);
  return due < now ? due : undefined;
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length ? Math.min(...known) : undefined;
}
