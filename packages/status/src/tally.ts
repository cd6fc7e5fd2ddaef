import { severity } from "./state.ts";
import type { Stretch } from "./stretches.ts";
import { ComponentStatus } from "./words.ts";

/** A stretch of time in a state. */
export interface Span extends Stretch {
  state: ComponentStatus;
}

/** How many seconds were spent in each state. Their sum is the time looked at: at each moment the worst state counts, and only that. */
export type Seconds = Readonly<Record<ComponentStatus, number>>;

interface Step {
  at: number;
  state: ComponentStatus;
  by: 1 | -1;
}

/**
 * The seconds in each state between each cut (epoch seconds, ascending) and the next. Where no span reaches, it is
 * `operational`; where several do, the worst of them.
 */
export function tally(spans: readonly Span[], cuts: readonly number[]): Seconds[] {
  const [start = 0, end = start] = [cuts[0], cuts.at(-1)];
  const steps = spans.flatMap((span) => stepsOf(span, start, end)).sort((one, other) => one.at - other.at);
  const counts = { ...none };
  let taken = 0;
  return cuts.slice(1).map((until, index) => {
    const spent = { ...none };
    let at = cuts[index] ?? until;
    for (let step = steps[taken]; step && step.at < until; step = steps[++taken]) {
      spent[worstOf(counts)] += step.at - at;
      counts[step.state] += step.by;
      at = step.at;
    }
    spent[worstOf(counts)] += until - at;
    return spent;
  });
}

const none: Record<ComponentStatus, number> = {
  operational: 0,
  degraded_performance: 0,
  partial_outage: 0,
  major_outage: 0,
  under_maintenance: 0,
  unknown: 0,
};

function stepsOf({ from, until = Number.POSITIVE_INFINITY, state }: Span, start: number, end: number): Step[] {
  const [begins, ends] = [Math.max(from, start), Math.min(until, end)];
  return begins < ends
    ? [
        { at: begins, state, by: 1 },
        { at: ends, state, by: -1 },
      ]
    : [];
}

function worstOf(counts: Seconds): ComponentStatus {
  return severity.findLast((state) => counts[state] > 0) ?? "operational";
}
