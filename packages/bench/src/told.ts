import type { Machine } from "./machine.ts";
import type { Result } from "./result.ts";
import type { Subject } from "./subject.ts";

/** What a subject was measured on, and how thoroughly. */
export interface Taken extends Machine {
  quick: boolean;
}

/** A subject with what came of it. */
export interface Told {
  subject: Subject;
  taken: Taken;
  results: readonly Result[];
}

/** A subject that was not measured, and why. */
export interface Skipped {
  subject: Subject;
  reason: string;
}
