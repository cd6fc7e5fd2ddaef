import { z } from "zod";

const count = z.int().nonnegative();

/** How many jobs of a queue are in which state. */
export const QueueView = z.object({
  name: z.string(),
  waiting: count,
  active: count,
  delayed: count.describe("Waiting for a time: a retry, or a schedule's next turn."),
  failed: count.describe("Given up, and about to be buried among the dead letters."),
});
export type QueueView = z.infer<typeof QueueView>;
