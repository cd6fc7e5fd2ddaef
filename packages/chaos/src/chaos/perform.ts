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

interface Circumstances extends Pick<Course, "report"> {
  properties: Properties;
  /** How often to repeat what is repeated; undefined for the short form. */
  episodes: number | undefined;
}

/** Performs a scenario and its control. What goes wrong with the performance itself is an outcome, too. */
export async function perform(scenario: Scenario, circumstances: Circumstances): Promise<Performed> {
  const startedAt = performance.now();
  const judged = await judge(scenario, circumstances).catch((error: unknown) => failed(error));
  return { id: scenario.id, ...judged, seconds: Math.round((performance.now() - startedAt) / 1000) };
}

type Judged = Omit<Performed, "id" | "seconds">;

async function judge(scenario: Scenario, circumstances: Circumstances): Promise<Judged> {
  const missing = await scenario.needs?.(circumstances.properties.env);
  if (missing !== undefined) return { verdict: "skipped", reasons: [missing], figures: {}, controlFigures: {} };
  const [own, control] = await performBoth(scenario, circumstances);
  const all = { figures: own.figures, controlFigures: control.figures };
  if (own.broken.length) return { verdict: "broken", reasons: own.broken, ...all };
  if (control.broken.length) return { verdict: "kept", reasons: [], ...all };
  return {
    verdict: "control not caught",
    reasons: [`The check did not mind that ${scenario.control.title}.`],
    ...all,
  };
}

async function performBoth(
  scenario: Scenario,
  { properties, episodes, report }: Circumstances,
): Promise<[Outcome, Outcome]> {
  const short = scenario.episodes?.short ?? 1;
  const run = withStage(properties, (stage) => scenario.run({ stage, episodes: episodes ?? short, report }));
  if (scenario.measures) await run;
  const control = withStage(properties, (stage) =>
    scenario.control.run({
      stage,
      episodes: episodes ?? scenario.control.episodes ?? short,
      report: (line) => report(`control: ${line}`),
    }),
  );
  // Nothing of one that failed is to be left on the machine.
  await Promise.allSettled([run, control]);
  return Promise.all([run, control]);
}

function failed(error: unknown): Judged {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { verdict: "failed", reasons: [reason], figures: {}, controlFigures: {} };
}
