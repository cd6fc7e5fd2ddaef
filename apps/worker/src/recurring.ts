import { buryFailed, kindOf } from "@statuswire/queues";
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
  const { queues, redis, log, pasts, lags, figures, watched, refresh, retention, tell, now } = context;
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
    for (const letter of await buryFailed(queues)) {
      const { queue, jobId, error, reason, attempts } = letter;
      tell("job.buried", { queue, job: jobId, error, reason, attempts });
      figures.deadLetters.inc({ queue: kindOf(queue) });
      await fatal.condemn(letter);
    }
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
      { name: "quarantine", everyMs: 2_000, perform: () => quarantine.look() },
      { name: "holds", everyMs: 1_000, perform: createReleaser({ ...context, sendOff: createSendOff(context) }) },
      { name: "configuration", everyMs: 2_000, perform: followConfiguration },
      { name: "lags", everyMs: 1_000, perform: () => figures.times.lags.flush(lags, now()) },
      { name: "retention", everyMs: 3_600_000, perform: trim },
    ],
    tell,
  );
  return chores;
}
