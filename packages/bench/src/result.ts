import { median, spread } from "./statistics.ts";
import type { Figure, Goal, Measured } from "./subject.ts";

/** One run of ours and, right beside it, of the baseline. */
export interface Pair {
  ours: Measured;
  baseline: Measured;
}

/** A figure, after all runs. `null` where there is no baseline. */
export interface Result {
  name: string;
  unit: string;
  median: number;
  baseline: number | null;
  /** The median of the ratios inside each pair: the machine's moods cancel out in those. */
  ratio: number | null;
  runs: readonly { ours: number; baseline: number | null }[];
}

/** What the runs say about one figure. */
export function resultOf({ name, unit }: Figure, pairs: readonly Pair[]): Result {
  const runs = pairs.map(({ ours, baseline }) => ({ ours: ours[name] ?? NaN, baseline: baseline[name] ?? null }));
  const compared = runs.flatMap((run) => (run.baseline === null ? [] : [{ ...run, baseline: run.baseline }]));
  return {
    name,
    unit,
    median: median(runs.map(({ ours }) => ours)),
    baseline: compared.length ? median(compared.map(({ baseline }) => baseline)) : null,
    ratio: compared.length ? median(compared.map(({ ours, baseline }) => ours / baseline)) : null,
    runs,
  };
}

/** The smallest and the largest of our runs. */
export function spreadOf({ runs }: Result): readonly [number, number] {
  return spread(runs.map(({ ours }) => ours));
}

/** Whether the goal is met; undefined without one. */
export function isMet(goal: Goal | undefined, result: Result): boolean | undefined {
  if (!goal) return undefined;
  const value = goal.of === "ratio" ? result.ratio : result.median;
  if (value === null || Number.isNaN(value)) return false;
  return value >= (goal.atLeast ?? -Infinity) && value <= (goal.atMost ?? Infinity);
}
