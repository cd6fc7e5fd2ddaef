import { z } from "zod";
import type { Subject } from "./subject.ts";
import type { Skipped, Told } from "./told.ts";

// What is not a number is `null` in JSON.
const Amount = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);

const Result = z.object({
  name: z.string(),
  unit: z.string(),
  median: Amount,
  baseline: z.number().nullable(),
  ratio: z.number().nullable(),
  runs: z.array(z.object({ ours: Amount, baseline: z.number().nullable() })),
});

const Taken = z.object({
  quick: z.boolean(),
  processor: z.string(),
  cores: z.number(),
  memoryGb: z.number(),
  system: z.string(),
  node: z.string(),
  redis: z.string(),
  load: z.number(),
  commit: z.string(),
  at: z.string(),
});

/** What has been measured so far, by the subject's name: all subjects together take longer than one wants to wait at once. */
export const Kept = z.record(z.string(), z.object({ taken: Taken, results: z.array(Result) }));
export type Kept = z.output<typeof Kept>;

/** What is kept, with one more: a subject that was measured again takes the place of what it was, one that was not leaves it. */
export function withOutcome(kept: Kept, outcome: Told | Skipped): Kept {
  if (!("results" in outcome)) return kept;
  const { subject, taken, results } = outcome;
  return {
    ...kept,
    [subject.name]: { taken, results: results.map((result) => ({ ...result, runs: [...result.runs] })) },
  };
}

/** What there is to tell of every subject. */
export function outcomesOf(kept: Kept, subjects: readonly Subject[]): (Told | Skipped)[] {
  return subjects.map((subject) => {
    const entry = kept[subject.name];
    return entry ? { subject, ...entry } : { subject, reason: "it has not been run, or could not be" };
  });
}
