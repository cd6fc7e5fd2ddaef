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

/** A share of the providers, whose work one worker does at a time. */
export const PartitionView = z.object({
  partition: z.int().nonnegative(),
  worker: z.string().describe("Who holds it; absent while nobody does.").optional(),
  waiting: count.describe("Jobs of observations that wait or are in hand."),
  load: z.number().describe("Observations a second, lately, with what waits as if it had come in two seconds."),
});
export type PartitionView = z.infer<typeof PartitionView>;
