import type { Stage } from "../rig/stage.ts";

/** What a scenario is performed with. */
export interface Course {
  stage: Stage;
  /** How often to repeat it, where it is one that is repeated; its own number when absent. */
  episodes: number | undefined;
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
  run(course: Course): Promise<Outcome>;
  control: {
    title: string;
    run(course: Course): Promise<Outcome>;
  };
}
