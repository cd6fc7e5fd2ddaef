import { lagOf } from "../src/views/lag.ts";
import { boundsOf, daysOf } from "./days.ts";
import type { ComponentStatus, EventView, HistoryView, TalliesView } from "./views.ts";
import { stateWords } from "./words.ts";

/** Figures over time, one row of values for each series. */
export interface Plotted {
  /** When each value begins, epoch seconds, oldest first. */
  times: readonly number[];
  /** How long each lasts, seconds, but for days on which clocks are changed. Absent: they are of moments, and drawn as points. */
  span?: number;
  /** The first stands at the bottom. */
  series: readonly Series[];
}

export interface Series {
  name: string;
  /** What it is coloured by; `plain` is neither good nor bad. */
  look: ComponentStatus | "plain";
  values: readonly number[];
}

const hourS = 3600;
const dayS = 86_400;
const severities = ["major_outage", "partial_outage", "degraded_performance", "under_maintenance"] as const;

/** Minutes in each state of trouble, day by day of the reader's. */
export function minutesPerDay(history: HistoryView): Plotted {
  const days = daysOf(history);
  return {
    times: days.map(({ date }) => boundsOf(date).begins / 1000),
    span: dayS,
    series: severities.map((state) => ({
      name: stateWords[state],
      look: state,
      values: days.map(({ minutes }) => minutes[state] ?? 0),
    })),
  };
}

/** How far behind the vendor we were, in seconds, event by event. */
export function lagOverTime(events: readonly EventView[]): Plotted {
  const lags = events
    .flatMap((event) => {
      const lag = lagOf(event);
      return lag === undefined ? [] : [{ time: Date.parse(event.observedAt) / 1000, lag }];
    })
    .toSorted((one, other) => one.time - other.time);
  return {
    times: lags.map(({ time }) => time),
    series: [{ name: "Behind the vendor", look: "plain", values: lags.map(({ lag }) => lag) }],
  };
}

/** How many events came into the log, hour by hour, in the hours that end with the one of `now` (epoch ms). */
export function eventsPerHour(
  events: readonly EventView[],
  { hours, now }: { hours: number; now: number },
): Plotted {
  const first = firstHour({ hours, now });
  const counts = Array.from({ length: hours }, () => 0);
  for (const { seq } of events) {
    const at = Math.floor((Number(seq.split("-", 1)[0]) / 1000 - first) / hourS);
    if (at >= 0 && at < hours) counts[at] = (counts[at] ?? 0) + 1;
  }
  return {
    times: counts.map((_, at) => first + at * hourS),
    span: hourS,
    series: [{ name: "Events", look: "plain", values: counts }],
  };
}

/** When the first of the hours begins that end with the one of `now` (epoch ms), in epoch seconds. */
export function firstHour({ hours, now }: { hours: number; now: number }): number {
  return (Math.floor(now / 1000 / hourS) - hours + 1) * hourS;
}

/** What a sink took and what failed there, hour by hour. */
export function deliveriesPerHour({ hours }: TalliesView, sink: TalliesView["sinks"][number]): Plotted {
  return {
    times: hours.map((hour) => Date.parse(hour) / 1000),
    span: hourS,
    series: [
      { name: "Failed", look: "major_outage", values: sink.failed },
      { name: "Delivered", look: "operational", values: sink.delivered },
    ],
  };
}

/** All values of a series together. */
export function sumOf({ values }: Series): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The rows of a plot that say anything, newest first. */
export function rowsOf({ times, series, span }: Plotted): { time: number; values: number[] }[] {
  return times
    .map((time, at) => ({ time, values: series.map(({ values }) => values[at] ?? 0) }))
    .filter(({ values }) => span === undefined || values.some(Boolean))
    .toReversed();
}

/** Each series with those below it added, for bars that stand on each other. */
export function stacked(series: readonly Series[]): number[][] {
  const totals: number[] = [];
  return series.map(({ values }) =>
    values.map((value, at) => {
      totals[at] = (totals[at] ?? 0) + value;
      return totals[at];
    }),
  );
}
