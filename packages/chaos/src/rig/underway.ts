import {
  allQueues,
  Batch,
  closeQueues,
  countJobs,
  legible,
  openQueues,
  type QueueKind,
  type Queues,
} from "@statuswire/queues";
import { keys } from "@statuswire/store";
import type { Job, Queue } from "bullmq";
import type { Redis } from "ioredis";

/** So many looks in a row find nothing; `waitUntil` looks fifty times a second at most. */
const stillLooks = 50;

/** The queues whose jobs are done once; polls go on for ever. */
const worked = ["observations", "deliveries", "quarantine"] as const satisfies QueueKind[];

/** Looks at what is still under way in the queues, or between the log and its deliveries. */
export interface Watch {
  /** Makes the condition that nothing has been under way for a second. While something is, it throws what that is. */
  stillness(): () => Promise<boolean>;
  /** Resolves when no observation waits or is in hand. Otherwise it throws how many are, and where. */
  isProcessed(): Promise<true>;
  /** How many jobs have been buried, or are about to be. */
  buried(): Promise<number>;
  close(): Promise<void>;
}

/** Watches our queues on a connection. */
export function watchQueues(redis: Redis): Watch {
  const queues = openQueues(redis);
  // That Redis is away for a while is what this is about.
  for (const { queue } of allQueues(queues)) queue.on("error", () => undefined);
  return {
    stillness: () => stillness({ redis, queues }),
    async isProcessed() {
      const waiting = await countJobs(queues, "observations", unfinished);
      if (waiting) throw new Error(`${waiting} jobs of observations are left.`);
      const isolated = await Promise.all(queues.partitions.map(({ quarantine }) => observationsIn(quarantine)));
      const left = isolated.reduce((sum, count) => sum + count, 0);
      if (left) throw new Error(`${left} jobs of observations are left in quarantine.`);
      return true as const;
    },
    async buried() {
      const failed = await Promise.all(worked.map((kind) => countJobs(queues, kind, ["failed"])));
      const letters = await queues["dead-letters"].count();
      return failed.reduce((sum, count) => sum + count, letters);
    },
    close: () => closeQueues(queues),
  };
}

/** Makes the condition that nothing has been under way for a second. While something is, it throws what that is. */
export function stillness(place: Place): () => Promise<boolean> {
  let looks = 0;
  return async () => {
    const what = await underwayIn(place);
    looks = what ? 0 : looks + 1;
    if (what) throw new Error(what);
    return looks >= stillLooks;
  };
}

interface Place {
  redis: Redis;
  queues: Queues;
}

/** Quarantine has deliveries and polls, too. A job that has just gone has no data. */
async function observationsIn(quarantine: Queue): Promise<number> {
  const jobs = (await quarantine.getJobs([...unfinished])) as (Job | undefined)[];
  return jobs.filter((job) => Batch.safeParse(legible(job?.data)).success).length;
}

const unfinished = ["wait", "active", "delayed", "prioritized"] as const;

async function underwayIn({ redis, queues }: Place): Promise<string> {
  const jobs = await Promise.all(
    worked.map(async (kind) => [kind, await countJobs(queues, kind, unfinished)] as const),
  );
  return [...jobs, ["events unread", await unreadOf(redis)] as const]
    .flatMap(([name, count]) => (count ? `${count} ${name}` : []))
    .join(", ");
}

/** Events that the dispatcher has not done with. Redis' own `lag` is wrong once it has read its file again (7.0). */
async function unreadOf(redis: Redis): Promise<number> {
  if (!(await redis.exists(keys.events))) return 0;
  const [group] = (await redis.xinfo("GROUPS", keys.events)) as unknown[][];
  if (!group) return 0;
  const field = (name: string) => group[group.indexOf(name) + 1];
  const unread = await redis.xrange(keys.events, `(${String(field("last-delivered-id"))}`, "+");
  return Number(field("pending")) + unread.length;
}
