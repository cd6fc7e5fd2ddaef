import type { ComponentStatus, HistoryView, RunView } from "./views.ts";
import { counted, duration, stateWords, timeZone } from "./words.ts";

/** One day of a history. */
export interface Day {
  /** `2026-11-22`, by the reader's clocks. */
  date: string;
  minutes: RunView["minutes"];
  observed: number;
  /** How many minutes of it have passed. */
  passed: number;
}

/** What a day is drawn and called by. */
export type Mark = Extract<
  ComponentStatus,
  "operational" | "degraded_performance" | "partial_outage" | "major_outage" | "unknown"
>;

const dayMs = 86_400_000;
const troubles = ["major_outage", "partial_outage", "degraded_performance"] as const;

/** Where to ask for the last 90 days of what is at an address of the API, as the reader counts them. */
export function historyOf(address: string): string {
  return `${address}/history?days=90&timeZone=${encodeURIComponent(timeZone)}`;
}

/** The days of a history, oldest first. */
export function daysOf({ runs }: Pick<HistoryView, "runs">): Day[] {
  return runs.flatMap(({ from, days, minutes, observed }) =>
    Array.from({ length: days }, (_, index) => ({
      date: daysAfter(from, index),
      ...{ minutes, observed },
      passed: Object.values(minutes).reduce((sum, one) => sum + one, 0),
    })),
  );
}

// A date has no time zone: it is reckoned and written as one of UTC, where every day is as long.
function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** When a day begins and ends by the reader's clocks, epoch ms. It may be an hour longer or shorter than others. */
export function boundsOf(date: string): { begins: number; ends: number } {
  return { begins: midnightOf(date), ends: midnightOf(daysAfter(date, 1)) };
}

// Without a zone, a time is the reader's.
function midnightOf(date: string): number {
  return Date.parse(`${date}T00:00`);
}

/** The worst that was declared on a day. A day on which nobody looked and nothing was declared is unknown. */
export function markOf({ minutes }: Day): Mark {
  const worst = troubles.find((state) => minutes[state]);
  return worst ?? (minutes.operational || minutes.under_maintenance ? "operational" : "unknown");
}

/** Whether so much of a day was not observed that it has to show. */
export function isPartlySeen({ observed, passed }: Day): boolean {
  return observed < passed * 0.98;
}

/** Whether anything was declared on a day that was not well, or a maintenance. */
export function hasTrouble({ minutes }: Day): boolean {
  return [...troubles, "under_maintenance" as const].some((state) => minutes[state]);
}

/** Whether something that went on from a time until another, or goes on still, did so on a day of the reader's. */
export function wasOn(date: string, { from, until }: { from: string; until: string | undefined }): boolean {
  const { begins, ends } = boundsOf(date);
  const isBefore = until !== undefined && Date.parse(until) < begins;
  return !isBefore && Date.parse(from) < ends;
}

const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const dayOfTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const weekday = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: "short", day: "numeric", month: "short", year: "numeric" },
  timeZone: "UTC",
});

/** A day as it is written. */
export function dateInWords(date: string): string {
  return weekday.format(Date.parse(date));
}

/** What was declared of a day: `major outage 42 min, maintenance 1 h`. */
export function declaredOn(day: Day): string {
  const parts = [...troubles, "under_maintenance" as const]
    .filter((state) => day.minutes[state])
    .map((state) => `${stateWords[state].toLowerCase()} ${length(day.minutes[state])}`);
  if (parts.length) return parts.join(", ");
  return markOf(day) === "unknown" ? "not measured" : "operational";
}

/** What a day was like: `Mon, 3 Nov 2025: major outage 42 min, maintenance 1 h; observed 22 h 10 min of 24 h`. */
export function sentenceOf(day: Day): string {
  const { date, observed, passed } = day;
  const seen = isPartlySeen(day) ? `; observed ${length(observed)} of ${length(passed)}` : "";
  return `${dateInWords(date)}: ${declaredOn(day)}${seen}`;
}

function length(minutes = 0): string {
  return minutes ? duration(minutes * 60_000) : "0 min";
}

/** Many days in a sentence: `Last 90 days: 86 operational, 3 degraded, 1 major outage (42 min on 3 Nov 2025)`. */
export function summaryOf(days: readonly Day[]): string {
  const parts = (["operational", ...troubles.toReversed(), "unknown"] as const).flatMap((mark) => {
    const marked = days.filter((day) => markOf(day) === mark);
    if (!marked.length) return [];
    const word = mark === "unknown" ? "not measured" : stateWords[mark].toLowerCase();
    const [only, ...others] = marked;
    const detail =
      mark === "major_outage" && only && !others.length
        ? ` (${length(only.minutes[mark])} on ${calendar.format(Date.parse(only.date))})`
        : "";
    return [`${marked.length} ${word}${detail}`];
  });
  return `Last ${counted(days.length, "day")}: ${parts.join(", ")}.`;
}

/** An uptime as it may be written: rounded down, so that no downtime disappears. */
export function percent(share: number): string {
  return `${(Math.floor(share * 10_000 + 1e-6) / 100).toFixed(share === 1 ? 0 : 2)} %`;
}

/** An uptime with what it rests on, or why there is none. */
export function uptimeInWords({ uptime, coverage, since }: HistoryView): string {
  if (since === undefined) return "not read yet";
  const from = `since ${dayOfTime.format(Date.parse(since))}`;
  if (uptime !== null) return `${percent(uptime)} uptime ${from}, ${percent(coverage)} of it observed`;
  return coverage < 0.95 ? `too little observed: ${percent(coverage)} ${from}` : `collecting ${from}`;
}
