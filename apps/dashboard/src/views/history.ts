import {
  ComponentStatus,
  type Day,
  downtimeWeights,
  leastCoverage,
  leastDays,
  Time,
  type Uptime,
} from "@statuswire/status";
import { z } from "zod";

const minutes = z.int().nonnegative();

/** Days in a row that were alike. */
export const RunView = z.object({
  from: z.iso.date().describe("The first of them, a date in the `timeZone` of the answer."),
  days: z.int().min(1).describe("How many days in a row were like this."),
  minutes: z
    .partialRecord(ComponentStatus, minutes)
    .describe(
      "Of each day, by the worst that was declared at the time; `unknown` where nobody looked. None is left out.",
    ),
  observed: minutes.describe("Of each day, in which the page was being read."),
});
export type RunView = z.infer<typeof RunView>;

export const HistoryView = z.object({
  uptime: z.number().min(0).max(1).nullable().describe("Null where too little is known; see `method`."),
  coverage: z
    .number()
    .min(0)
    .max(1)
    .describe("The share of the time since `since` in which the page was being read."),
  since: Time.optional().describe(
    "From when uptime and coverage are counted. Absent while the page was never read.",
  ),
  runs: z.array(RunView).describe("The days, oldest first; the last one is today, as far as it has come."),
});
export type HistoryView = z.infer<typeof HistoryView>;

/** How the figures are made, in words. Whoever shows a percentage shows these. */
export const method = [
  "Uptime is the share of the time without trouble, by what the vendor declares:",
  `a major outage counts whole, a partial one by ${downtimeWeights.partial_outage * 100} %, degradation not at all (Statuspage's and Instatus' convention);`,
  "maintenance is left out of the time.",
  `There is none under ${leastCoverage * 100} % coverage or ${leastDays} days.`,
].join(" ");

/** What coverage means, in words. */
export const coverageMeans =
  "Coverage is the share of the time in which we read the page. Where nobody looked and the vendor has told nothing since, minutes are unknown, never operational. What was declared of the time before we looked counts in the days, not in the uptime.";

/** Counted days as the API shows them. */
export function historyView(days: readonly Day[], { uptime, coverage, since }: Uptime): HistoryView {
  return {
    uptime: uptime ?? null,
    coverage,
    ...(since === undefined ? {} : { since: new Date(since * 1000).toISOString() }),
    runs: runsOf(days),
  };
}

function runsOf(days: readonly Day[]): RunView[] {
  const runs: RunView[] = [];
  let last = "";
  for (const { date, seconds, observed } of days) {
    const day = { minutes: minutesOf(seconds), observed: inMinutes(observed) };
    const said = JSON.stringify(day);
    const before = runs.at(-1);
    if (before && said === last) before.days++;
    else runs.push({ from: date, days: 1, ...day });
    last = said;
  }
  return runs;
}

function minutesOf(seconds: Day["seconds"]): RunView["minutes"] {
  const states = ComponentStatus.options.filter((state) => seconds[state] > 0);
  return Object.fromEntries(states.map((state) => [state, inMinutes(seconds[state])]));
}

// Nothing that happened is rounded away.
function inMinutes(seconds: number): number {
  return seconds ? Math.max(1, Math.round(seconds / 60)) : 0;
}
