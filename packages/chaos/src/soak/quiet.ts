import { closeQueues, openQueues, type QueueName, type Queues } from "@statuswire/queues";
import type { Simulator } from "@statuswire/simulator";
import { keys } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { isPolled, providers } from "./providers.ts";

/** Longer than a lock, a turn at a sink, and a few tries of a delivery, after the last fault. */
const drainMs = 150_000;
/** So many looks in a row, 20 ms apart, find nothing. */
const quietLooks = 50;

/** The queues whose jobs are done once; polls go on for ever. */
const worked = ["observations", "deliveries", "quarantine"] as const satisfies QueueName[];

/** Tells whether anything is still under way in the queues or between the log and its deliveries. */
export interface Watch {
  /** What is under way, in words; empty when nothing is. */
  underway(): Promise<string>;
  /** How many jobs have been buried, or are about to be. */
  buried(): Promise<number>;
  close(): Promise<void>;
}

/** Watches our queues on a connection. */
export function watchQueues(redis: Redis): Watch {
  const queues = openQueues(redis);
  // That Redis is away for a while is what this is about.
  for (const queue of Object.values(queues)) queue.on("error", () => undefined);
  return {
    async underway() {
      const jobs = await Promise.all(worked.map(async (name) => [name, await jobsIn(queues, name)] as const));
      return [...jobs, ["events unread", await unreadOf(redis)] as const]
        .flatMap(([name, count]) => (count ? `${count} ${name}` : []))
        .join(", ");
    },
    async buried() {
      const failed = await Promise.all(worked.map((name) => queues[name].getFailedCount()));
      const letters = await queues["dead-letters"].count();
      return failed.reduce((sum, count) => sum + count, letters);
    },
    close: () => closeQueues(queues),
  };
}

async function jobsIn(queues: Queues, name: QueueName): Promise<number> {
  const counts = await queues[name].getJobCounts("wait", "active", "delayed", "prioritized");
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
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

/** Waits until every page has been read twice more, so that what is gone is found to be, and nothing is under way. */
export async function untilQuiet(simulator: Simulator, { underway }: Watch): Promise<void> {
  const polled = providers.filter(isPolled).map(({ id }) => id);
  const before = new Map(polled.map((id) => [id, timesRead(simulator, id)]));
  const hasBeenRead = () => polled.every((id) => timesRead(simulator, id) >= (before.get(id) ?? 0) + 2);
  await waitUntil("every page to be read twice more", hasBeenRead, drainMs);
  let looks = 0;
  const isQuiet = async () => {
    const what = await underway();
    looks = what ? 0 : looks + 1;
    if (what) throw new Error(what);
    return looks >= quietLooks;
  };
  await waitUntil("nothing to be under way", isQuiet, drainMs);
}

function timesRead(simulator: Simulator, id: string): number {
  const { 200: fresh = 0, 304: same = 0 } = simulator.requests(id);
  return fresh + same;
}
