import type { Course, Outcome } from "../chaos/scenario.ts";
import { inWords, type RowOutcome } from "./figures.ts";
import { type Stage, withStage } from "./stage.ts";

/** What is performed in the same way on each of several things. */
interface Plan<Row> {
  rows: Readonly<Record<string, Row>>;
  /** How many side by side. */
  atOnce: number;
  perform(stage: Stage, row: Row): Promise<Outcome>;
}

/** Performs rows, each on a stage of its own, and reports each. Their outcomes, in their order. */
export async function performRows<Row>(
  { stage, report }: Pick<Course, "stage" | "report">,
  { rows, atOnce, perform }: Plan<Row>,
): Promise<RowOutcome[]> {
  const properties = { env: stage.env, interrupted: clearingOf(stage) };
  const outcomes = new Map<string, RowOutcome>();
  const waiting = Object.entries(rows).values();

  async function performOneByOne(): Promise<void> {
    for (const [name, row] of waiting) {
      const { figures, broken } = await withStage(properties, (own) => perform(own, row));
      report(`${name}: ${inWords(figures)}`);
      outcomes.set(name, { name, figures, broken: broken.map((what) => `${name}: ${what}`) });
    }
  }

  const lanes = await Promise.allSettled(Array.from({ length: atOnce }, performOneByOne));
  const failed = lanes.find((lane) => lane.status === "rejected");
  if (failed) throw failed.reason;
  return Object.keys(rows).flatMap((name) => outcomes.get(name) ?? []);
}

/** Rejects when the stage is cleared. */
function clearingOf(stage: Stage): Promise<never> {
  const cleared = new Promise<never>((_resolve, reject) => {
    stage.defer(async () => reject(new Error("The stage is being cleared.")));
  });
  // It usually is when nobody waits for it any more.
  cleared.catch(() => undefined);
  return cleared;
}
