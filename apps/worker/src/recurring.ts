import { buryFailed, evictDeadLetters, letterClasses, noteDropped } from "@statuswire/queues";
import { dismissSilent, restorePasts, trimLog } from "@statuswire/store";
import { type Chores, startChores } from "./chores.ts";
import type { Context } from "./context.ts";
import { createFatal } from "./fatal.ts";
import type { QuarantineKeeper } from "./quarantine-keeper.ts";
import { createReleaser } from "./release.ts";
import { askNow, createScheduleKeeper } from "./schedule.ts";
import { createSendOff } from "./send-off.ts";

/** How long days are counted back: as far as a year can be compared with the one before. */
const historyMs = 400 * 24 * 60 * 60 * 1000;

/** What every worker does again and again beside its jobs. All of it may be done by several at once. */
export function startRecurring(context: Context, quarantine: QuarantineKeeper): Chores {
  const { queues, redis, log, pasts, watched, refresh, retention, deadLetters, traces, figures, tell, now } =
    context;
  const fatal = createFatal(context);
  const reconcile = createScheduleKeeper({ redis, polls: queues.polls, now: Date.now });
  let isFirst = true;

  async function keepSchedules(): Promise<void> {
    const { added, repaired, removed } = await reconcile(watched.all());
    if (added.length || repaired.length || removed.length) {
      tell("schedule.repaired", { added: added.length, repaired: repaired.length, removed: removed.length });
    }
    // Nobody wants to wait for the first slot of a schedule.
    await askNow(queues.polls, isFirst ? watched.all().map(({ id }) => id) : added);
    isFirst = false;
  }

  async function bury(): Promise<void> {
    const letters = await buryFailed(queues);
    if (letters.length) chores.nudge("dead letters");
    for (const letter of letters) {
      const { queue, jobId, error, reason, attempts } = letter;
      tell("job.buried", { queue, job: jobId, error, reason, attempts });
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
      { name: "burials", everyMs: 5_000, perform: bury },
      { name: "dead letters", everyMs: 60_000, perform: evict },
      { name: "quarantine", everyMs: 2_000, perform: () => quarantine.look() },
      { name: "holds", everyMs: 1_000, perform: createReleaser({ ...context, sendOff: createSendOff(context) }) },
      { name: "configuration", everyMs: 2_000, perform: followConfiguration },
      { name: "retention", everyMs: 3_600_000, perform: trim },
    ],
    tell,
  );
  return chores;
}
