import { z } from "zod";
import { Time } from "./snapshot.ts";

/**
 * What becomes of an event at a sink:
 * `tell`: it is told; `tell_if_open`: only if the sink has been told what it goes on from;
 * `recheck`: told when `due`, if it still holds then; `digest`: in one message with others when `due`;
 * `unstable`: in its place, that the component is unstable; `settle`: once that has settled, perhaps when `due`;
 * `drop`: it is not told.
 */
export const Verdict = z.enum(["tell", "tell_if_open", "recheck", "digest", "unstable", "settle", "drop"]);
export type Verdict = z.infer<typeof Verdict>;

/** What becomes of an event at one sink, and why. */
export const Decision = z.object({
  sink: z.string(),
  verdict: Verdict,
  due: Time.optional(),
  reason: z.string(),
  rule: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** Whether a rule is about an event, and what is against it. */
export const Finding = z.object({ rule: z.string(), matches: z.boolean(), because: z.string().optional() });
export type Finding = z.infer<typeof Finding>;

/** What was decided about an event: which rules were looked at, and what becomes of it at each sink. */
export const Ruling = z.object({
  rules: z.array(Finding),
  decisions: z.array(Decision),
});
export type Ruling = z.infer<typeof Ruling>;
