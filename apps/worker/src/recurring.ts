import type { Provider } from "@statuswire/config";
import {
  allQueues,
  buryFailed,
  evictDeadLetters,
  kindOf,
  letterClasses,
  noteDropped,
  partitionName,
} from "@statuswire/queues";
import { dismissSilent, restorePasts, trimLog } from "@statuswire/store";
import { type Chores, startChores } from "./chores.ts";
import type { Context } from "./context.ts";
import { createFatal } from "./fatal.ts";
import { createReleaser } from "./release.ts";
import { askNow, createScheduleKeeper } from "./schedule.ts";
import { createSendOff } from "./send-off.ts";
import { createStaleReporter } from "./stale.ts";

/** How long days are counted back: as far as a year can be compared with the one before. */
const historyMs = 400 * 24 * 60 * 60 * 1000;

/** What every worker does again and again beside its jobs. All of it may be done by several at once. */
export function startRecurring(context: Context, { migrate }: { migrate(): Promise<unknown> }): Chores {
  const { queues, redis, held, log, pasts, lags, figures, watched, refresh, retention, tell, now } = context;
  const { deadLetters, traces } = context;
  const fatal = createFatal(context);
  const staleness = createStaleReporter(context);
  const keepers = queues.partitions.map(({ polls }) => createScheduleKeeper({ redis, polls, now: Date.now }));
  /** Partitions whose pages have been asked once. */
  const begun = new Set<number>();

  async function keepSchedules(): Promise<void> {
    for (const partition of begun)
      if (!held.all().some((lease) => lease.partition === partition)) begun.delete(partition);
    await Promise.all(held.all().map(({ partition }) => keepSchedulesOf(partition)));
  }

  async function keepSchedulesOf(partition: number): Promise<void> {
    const [keeper, own] = [keepers[partition], queues.partitions[partition]];
    if (!keeper || !own) return;
    const providers = watched.all().filter(({ id }) => queues.of(id) === own);
    const { added, repaired, removed } = await keeper(providers);
    if (added.length || repaired.length || removed.length) {
      const counts = { added: added.length, repaired: repaired.length, removed: removed.length };
      tell("schedule.repaired", { partition: partitionName(partition), ...counts });
    }
    // Nobody wants to wait for the first slot of a schedule, nor after a time without workers.
    await askNow(own.polls, begun.has(partition) ? added : await overdue(providers));
    begun.add(partition);
  }

  async function overdue(providers: readonly Provider[]): Promise<string[]> {
    const readings = await Promise.all(providers.map(({ id }) => context.readings.of(id)));
    return providers.flatMap(({ id, everySeconds }, index) => {
      const polledAt = Date.parse(readings[index]?.polledAt ?? "1970-01-01T00:00:00.000Z");
      return now().getTime() - polledAt >= everySeconds * 1000 ? [id] : [];
    });
  }

  async function reportStale(): Promise<void> {
    const own = new Set(held.all().map(({ partition }) => queues.partitions[partition]));
    await staleness.report(watched.all().filter(({ id }) => own.has(queues.of(id))));
  }

  async function bury(): Promise<void> {
    const own = held
      .all()
      .flatMap(({ partition }) => Object.values(queues.partitions[partition] ?? {}).map(({ name }) => name));
    const among = allQueues(queues).filter(({ kind, queue }) => kind === "deliveries" || own.includes(queue.name));
    const letters = await buryFailed(queues, among);
    if (letters.length) chores.nudge("dead letters");
    for (const letter of letters) {
      const { queue, jobId, error, reason, attempts } = letter;
      tell("job.buried", { queue, job: jobId, error, reason, attempts });
      figures.deadLetters.inc({ queue: kindOf(queue) });
      await fatal.condemn(letter);
    }
  }

  async function evict(): Promise<void> {
    const removed = await evictDeadLetters({ queues, redis }, { ...deadLetters, now: now().getTime() });
    if (!removed.length) return;
    const note = { traces, now: now(), reason: "its dead letter was removed to make room" };
    await Promise.all(removed.map((grave) => noteDropped(grave, note)));
    const counts = letterClasses.map(
      (name) => [name, removed.filter((one) => one.class === name).length] as const,
    );
    for (const [name, count] of counts) if (count) figures.evictedLetters.inc({ class: name }, count);
    tell("dead-letters.evicted", { letters: removed.length, ...Object.fromEntries(counts) });
  }

  async function followConfiguration(): Promise<void> {
    if (await refresh()) chores.nudge("schedules");
  }

  async function trim(): Promise<void> {
    const forgotten = await trimLog(redis, { keepMs: retention.eventsMs, now: now().getTime() });
    if (forgotten) tell("log.trimmed", { events: forgotten });
    await dismissSilent(redis);
    await pasts.forget(Math.floor((now().getTime() - historyMs) / 1000));
    const restored = await restorePasts(redis, { log, now: Math.floor(now().getTime() / 1000) });
    if (restored.length) tell("past.restored", { providers: restored.length });
  }

  const chores = startChores(
    [
      { name: "schedules", everyMs: 15_000, perform: keepSchedules },
      { name: "burials", everyMs: 15_000, perform: bury },
      { name: "dead letters", everyMs: 60_000, perform: evict },
      { name: "migration", everyMs: 5_000, perform: () => migrate().then(() => undefined) },
      { name: "holds", everyMs: 1_000, perform: createReleaser({ ...context, sendOff: createSendOff(context) }) },
      { name: "staleness", everyMs: 1_000, perform: reportStale },
      { name: "configuration", everyMs: 2_000, perform: followConfiguration },
      { name: "lags", everyMs: 1_000, perform: () => figures.times.lags.flush(lags, now()) },
      { name: "retention", everyMs: 3_600_000, perform: trim },
    ],
    tell,
  );
  return chores;
}
