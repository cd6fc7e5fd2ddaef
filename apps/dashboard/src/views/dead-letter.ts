import { addresseeOf, DeadLetter, type Grave } from "@statuswire/queues";
import { z } from "zod";

/** A dead letter in a list: without its payload, which may be large. */
export const DeadLetterSummary = DeadLetter.omit({ v: true, data: true, stack: true }).extend({
  id: z.string(),
  sink: z.string().optional().describe("The sink that it was for. Absent when it is no delivery."),
});
export type DeadLetterSummary = z.infer<typeof DeadLetterSummary>;

export const DeadLetterView = DeadLetter.omit({ v: true }).extend({ id: z.string() });
export type DeadLetterView = z.infer<typeof DeadLetterView>;

/** A dead letter as a list shows it. */
export function deadLetterSummary(grave: Grave): DeadLetterSummary {
  const { id, letter } = grave;
  const { v: _v, data: _data, stack: _stack, ...shown } = letter;
  const addressee = addresseeOf(grave);
  return { id, ...shown, ...(addressee ? { sink: addressee.sink } : {}) };
}

/** A dead letter with its payload. */
export function deadLetterView({ id, letter }: Grave): DeadLetterView {
  const { v: _v, ...shown } = letter;
  return { id, ...shown };
}
