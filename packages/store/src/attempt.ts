import { Time } from "@statuswire/status";
import { z } from "zod";

/** One try to tell a sink of an event, or what became of it without one. */
export const Attempt = z.object({
  sink: z.string(),
  at: Time,
  outcome: z.enum(["delivered", "failed", "refused", "waiting", "overtaken", "not_needed", "disabled"]),
  /** What went wrong, or why it was not told. */
  reason: z.string().optional(),
  ms: z.number().optional().describe("How long it took."),
  /** The job that tried. */
  job: z.string().optional(),
});
export type Attempt = z.infer<typeof Attempt>;
