import { DeadLetter, type Grave } from "@statuswire/queues";
import { z } from "zod";

/** A dead letter in a list: without its payload, which may be large. */
export const DeadLetterSummary = DeadLetter.omit({ v: true, data: true, stack: true }).extend({ id: z.string() });
export type DeadLetterSummary = z.infer<typeof DeadLetterSummary>;

export const DeadLetterView = DeadLetter.omit({ v: true }).extend({ id: z.string() });
export type DeadLetterView = z.infer<typeof DeadLetterView>;

/** A dead letter as a list shows it. */
export function deadLetterSummary({ id, letter }: Grave): DeadLetterSummary {
  const { v: _v, data: _data, stack: _stack, ...shown } = letter;
  return { id, ...shown };
}

/** A dead letter with its payload. */
export function deadLetterView({ id, letter }: Grave): DeadLetterView {
  const { v: _v, ...shown } = letter;
  return { id, ...shown };
}
