import { type Pair, type Result, resultOf } from "./result.ts";
import { type Properties, withStage } from "./stage.ts";
import type { Measured, Subject } from "./subject.ts";

export interface Plan {
  rounds: number;
  properties: Properties;
  /** Takes one line of progress. */
  report(line: string): void;
}

/** Runs a subject and its baseline by turns, and never the same one first twice, so that neither always finds the machine warm. */
export async function measure(subject: Subject, plan: Plan): Promise<Result[]> {
  const pairs: Pair[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    const sides = round % 2 ? (["ours", "baseline"] as const) : (["baseline", "ours"] as const);
    const pair: Pair = { ours: {}, baseline: {} };
    for (const side of sides) pair[side] = await run(subject, side, { ...plan, round });
    pairs.push(pair);
  }
  return subject.figures.map((figure) => resultOf(figure, pairs));
}

async function run(subject: Subject, side: keyof Pair, plan: Plan & { round: number }): Promise<Measured> {
  const perform = subject[side];
  if (!perform) return {};
  const measured = await withStage(plan.properties, perform);
  const told = Object.entries(measured).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  plan.report(`${subject.name}, run ${plan.round + 1} of ${plan.rounds}, ${side}: ${told.join(", ")}`);
  return measured;
}
