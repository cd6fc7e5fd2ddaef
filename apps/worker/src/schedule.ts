import type { Provider } from "@statuswire/config";
import type { Poll } from "@statuswire/queues";
import type { JobSchedulerJson, Queue } from "bullmq";

interface Dependencies {
  polls: Queue;
  now(): number;
}

/** What was wrong with the schedules. */
export interface Repairs {
  added: string[];
  repaired: string[];
  removed: string[];
}

/**
 * Brings the poll schedules in line with the providers: one job scheduler each. A scheduler whose job was lost never fires
 * again, and one touched by a clock that is ahead sleeps until then; both are made anew. Repeating it changes nothing.
 */
export async function reconcile({ polls, now }: Dependencies, providers: readonly Provider[]): Promise<Repairs> {
  const existing = new Map((await polls.getJobSchedulers(0, -1)).map((scheduler) => [scheduler.key, scheduler]));
  const wanted = new Set(providers.map(({ id }) => id));
  const isMissing = ({ id }: Provider) => !existing.has(id);
  const jobless = await withoutJob(polls, [...existing.values()], now());
  const isAstray = ({ id, everySeconds }: Provider) =>
    jobless.has(id) || strays(existing.get(id), everySeconds * 1000, now());

  const added = providers.filter(isMissing);
  const repaired = providers.filter((provider) => !isMissing(provider) && isAstray(provider));
  const removed = [...existing.keys()].filter((id) => !wanted.has(id));
  await Promise.all([...repaired.map(({ id }) => id), ...removed].map((id) => polls.removeJobScheduler(id)));
  await Promise.all([...added, ...repaired].map((provider) => schedule(polls, provider)));
  return { added: added.map(({ id }) => id), repaired: repaired.map(({ id }) => id), removed };
}

/** Asks pages once now, spread so that many don't start at once. A page that was just asked says "not yet". */
export async function askNow(polls: Queue, ids: readonly string[]): Promise<void> {
  const spreadMs = ids.length * 20;
  await polls.addBulk(
    ids.map((id) => {
      const delay = spreadMs > 1000 ? hash(id) % spreadMs : 0;
      const data: Poll = { v: 1, provider: id };
      return { name: id, data, opts: { jobId: `first-${id}`, delay, removeOnComplete: true, removeOnFail: true } };
    }),
  );
}

async function schedule(polls: Queue, { id, everySeconds }: Provider): Promise<void> {
  const every = everySeconds * 1000;
  const data: Poll = { v: 1, provider: id };
  // Spread over the interval, so that pages are not asked all at once.
  await polls.upsertJobScheduler(id, { every, offset: hash(id) % every }, { name: id, data });
}

/** Later than a worker that is there takes to start a job. */
const lateMs = 2000;

/** Which schedulers are late because their next job is not there. One whose job waits for a worker is merely late. */
async function withoutJob(
  polls: Queue,
  schedulers: readonly JobSchedulerJson[],
  now: number,
): Promise<Set<string>> {
  const late = schedulers.filter(({ next }) => next !== undefined && next < now - lateMs);
  const jobs = await Promise.all(late.map(({ key, next = 0 }) => polls.getJob(`repeat:${key}:${next}`)));
  return new Set(late.filter((_scheduler, index) => jobs[index] === undefined).map(({ key }) => key));
}

function strays(scheduler: JobSchedulerJson | undefined, every: number, now: number): boolean {
  if (!scheduler || scheduler.every !== every || scheduler.next === undefined) return true;
  return scheduler.next > now + 2 * every || scheduler.next < now - Math.max(3 * every, 30_000);
}

/** FNV-1a with a final mix: spreads similar names evenly. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
