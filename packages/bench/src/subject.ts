import type { Stage } from "./stage.ts";

/** What a figure should reach: its median itself, or its ratio to the baseline's. */
export interface Goal {
  of: "median" | "ratio";
  atLeast?: number;
  atMost?: number;
}

/** One number that a subject yields. Its name begins with the subject's. */
export interface Figure {
  name: string;
  /** What was measured, as a sentence without its verb. */
  about: string;
  unit: string;
  better: "higher" | "lower";
  goal?: Goal;
  /** Why the goal is missed, where it is, and what was tried: one sentence or two. A miss without a reason is told as such. */
  missedBecause?: string;
}

/** Figures by name, from one run. */
export type Measured = Readonly<Record<string, number>>;

/** What one name of `npm run bench` measures. Every run gets a stage of its own, so that none leans on another's leavings. */
export interface Subject {
  name: string;
  /** What a plain author would have written instead, in a few words; absent where nothing compares. */
  against?: string;
  figures: readonly Figure[];
  /** How often it and its baseline run: five times, unless a run takes long. */
  rounds?: number;
  /** Why it can't be measured here, in words for a person; undefined when it can. Gets what it needs, where that is possible. */
  missing?(env: NodeJS.ProcessEnv): Promise<string | undefined>;
  ours(stage: Stage): Promise<Measured>;
  /** Yields figures of the same names. One that only the baseline has is told without a ratio. */
  baseline?(stage: Stage): Promise<Measured>;
}
