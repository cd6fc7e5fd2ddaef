import type { Result } from "./result.ts";
import type { Subject } from "./subject.ts";

/** A subject with what came of it. */
export interface Told {
  subject: Subject;
  results: readonly Result[];
}

/** A subject that was not measured, and why. */
export interface Skipped {
  subject: Subject;
  reason: string;
}
