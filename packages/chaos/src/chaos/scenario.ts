import type { Stage } from "../rig/stage.ts";

/** What a scenario is performed with. */
export interface Course {
  stage: Stage;
  /** How often to repeat it, where it is one that is repeated. */
  episodes: number;
  report(line: string): void;
}

/** What came of it. */
export interface Outcome {
  figures: Readonly<Record<string, number>>;
  /** What broke the promise, in words; empty when it was kept. */
  broken: readonly string[];
}

/** One fault, and the promise that holds under it. Each has a control: the same check on something broken, which it must find. */
export interface Scenario {
  id: string;
  title: string;
  /** The promises that it proves, by their numbers in docs/promises.md. */
  promises: readonly number[];
  /** Why it can't be performed here; undefined where it can. */
  needs?(env: NodeJS.ProcessEnv): Promise<string | undefined>;
  /** Whether it measures times or the processor so closely that its control waits for its end; else they run side by side. */
  measures?: boolean;
  /** What `--episodes` counts, and how many of them its short form has; absent where there is no long form. */
  episodes?: { of: string; short: number };
  run(course: Course): Promise<Outcome>;
  control: {
    title: string;
    /** How many episodes of it will do in the short form; as many as the scenario has when absent. */
    episodes?: number;
    run(course: Course): Promise<Outcome>;
  };
}
