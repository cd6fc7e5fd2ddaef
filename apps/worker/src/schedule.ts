import type { Provider } from "@statuswire/config";
import { hashOf, type Poll } from "@statuswire/queues";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";

interface Dependencies {
  redis: Redis;
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
 * Brings the poll schedules in line with the providers, again and again: one job scheduler each. A scheduler whose job was lost
 * never fires again, and one touched by a clock that is ahead sleeps until then; both are made anew. A look at schedules that are
 * right costs one question, however many there are.
 */
export function createScheduleKeeper(dependencies: Dependencies) {
  const { polls, now } = dependencies;
  /** The intervals, in ms, that schedulers were given or seen to have. Nobody changes them but who is told of another configuration. */
  const seen = new Map<string, number>();

  return async function reconcile(providers: readonly Provider[]): Promise<Repairs> {
    const existing = await nextRuns(dependencies);
    const isMissing = ({ id }: Provider) => !existing.has(id);
    const [jobless, otherwise] = await Promise.all([
      withoutJob(polls, existing, now()),
      atOtherIntervals(providers.filter((provider) => !isMissing(provider))),
    ]);
    const isAstray = ({ id, everySeconds }: Provider) =>
      jobless.has(id) || otherwise.has(id) || strays(existing.get(id) ?? 0, everySeconds * 1000, now());

    const wanted = new Set(providers.map(({ id }) => id));
    const added = providers.filter(isMissing);
    const repaired = providers.filter((provider) => !isMissing(provider) && isAstray(provider));
    const removed = [...existing.keys()].filter((id) => !wanted.has(id));
    await Promise.all([...repaired.map(({ id }) => id), ...removed].map((id) => polls.removeJobScheduler(id)));
    for (const id of removed) seen.delete(id);
    await Promise.all([...added, ...repaired].map(schedule));
    return { added: added.map(({ id }) => id), repaired: repaired.map(({ id }) => id), removed };
  };

  async function atOtherIntervals(scheduled: readonly Provider[]): Promise<Set<string>> {
    const unseen = scheduled.filter(({ id, everySeconds }) => seen.get(id) !== everySeconds * 1000);
    const intervals = await Promise.all(unseen.map(async ({ id }) => (await polls.getJobScheduler(id))?.every));
    return new Set(
      unseen.flatMap(({ id, everySeconds }, index) => {
        const every = intervals[index];
        if (every !== everySeconds * 1000) return [id];
        seen.set(id, every);
        return [];
      }),
    );
  }

  async function schedule({ id, everySeconds }: Provider): Promise<void> {
    const every = everySeconds * 1000;
    const data: Poll = { v: 1, provider: id };
    // Spread over the interval, so that pages are not asked all at once. A quarter before the slot that 0.1 would choose: while its
    // workers run beside ours, a page has then just been asked when it is their turn.
    const offset = (hashOf(id) + (every * 3) / 4) % every;
    await polls.upsertJobScheduler(id, { every, offset: Math.round(offset) }, { name: id, data });
    seen.set(id, every);
  }
}

/** Asks pages once now, spread so that many don't start at once. A page that was just asked says "not yet". */
export async function askNow(polls: Queue, ids: readonly string[]): Promise<void> {
  const spreadMs = ids.length * 20;
  await polls.addBulk(
    ids.map((id) => {
      const delay = spreadMs > 1000 ? hashOf(id) % spreadMs : 0;
      const data: Poll = { v: 1, provider: id };
      return { name: id, data, opts: { jobId: `first-${id}`, delay, removeOnComplete: true, removeOnFail: true } };
    }),
  );
}

/** Later than a worker that is there takes to start a job. */
const lateMs = 2000;

/** When each scheduler fires next, in epoch ms: BullMQ keeps it as a score. Asked for all it knows of them, it asks for each. */
async function nextRuns({ redis, polls }: Dependencies): Promise<Map<string, number>> {
  const told = await redis.zrange(polls.toKey("repeat"), "0", "-1", "WITHSCORES");
  return new Map(told.flatMap((id, index) => (index % 2 ? [] : [[id, Number(told[index + 1])]])));
}

/** Which schedulers are late because their next job is not there. One whose job waits for a worker is merely late. */
async function withoutJob(polls: Queue, nexts: ReadonlyMap<string, number>, now: number): Promise<Set<string>> {
  const late = [...nexts].filter(([, next]) => next < now - lateMs);
  const jobs = await Promise.all(late.map(([id, next]) => polls.getJob(`repeat:${id}:${next}`)));
  return new Set(late.flatMap(([id], index) => (jobs[index] === undefined ? [id] : [])));
}

function strays(next: number, every: number, now: number): boolean {
  return next > now + 2 * every || next < now - Math.max(3 * every, 30_000);
}
