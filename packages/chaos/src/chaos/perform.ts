import { type Properties, withStage } from "../rig/stage.ts";
import type { Course, Outcome, Scenario } from "./scenario.ts";

/** What came of a scenario and of its control. */
export interface Performed {
  id: string;
  /** `kept`: the promise held, and the control was caught. */
  verdict: "kept" | "broken" | "control not caught" | "skipped" | "failed";
  /** Why, where it is not kept. */
  reasons: readonly string[];
  figures: Outcome["figures"];
  controlFigures: Outcome["figures"];
  seconds: number;
}

interface Circumstances extends Pick<Course, "episodes" | "report"> {
  properties: Properties;
}

/** Performs a scenario, then its control. What goes wrong with the performance itself is an outcome, too. */
export async function perform(scenario: Scenario, circumstances: Circumstances): Promise<Performed> {
  const startedAt = performance.now();
  const judged = await judge(scenario, circumstances).catch((error: unknown) => failed(error));
  return { id: scenario.id, ...judged, seconds: Math.round((performance.now() - startedAt) / 1000) };
}

type Judged = Omit<Performed, "id" | "seconds">;

async function judge(scenario: Scenario, { properties, ...course }: Circumstances): Promise<Judged> {
  const nothing = { figures: {}, controlFigures: {} };
  const missing = await scenario.needs?.(properties.env);
  if (missing !== undefined) return { verdict: "skipped", reasons: [missing], ...nothing };
  const { figures, broken } = await withStage(properties, (stage) => scenario.run({ stage, ...course }));
  if (broken.length) return { ...nothing, verdict: "broken", reasons: broken, figures };
  const control = await withStage(properties, (stage) => scenario.control.run({ stage, ...course }));
  const all = { figures, controlFigures: control.figures };
  if (control.broken.length) return { verdict: "kept", reasons: [], ...all };
  return {
    verdict: "control not caught",
    reasons: [`The check did not mind that ${scenario.control.title}.`],
    ...all,
  };
}

function failed(error: unknown): Judged {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { verdict: "failed", reasons: [reason], figures: {}, controlFigures: {} };
}
