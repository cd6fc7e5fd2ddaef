import { Batch, Delivery, Poll } from "@statuswire/queues";
import { PermanentError, RetryLaterError } from "@statuswire/status";
import { z } from "zod";
import { Counted } from "../counted.ts";

/** A job for the quarantine's process, as its worker sends it. */
export const Question = z.object({
  number: z.int(),
  suspect: z.union([Batch, Poll, Delivery]),
  /** The lease under which it is done. */
  lease: z.object({ partition: z.int(), token: z.string() }).optional(),
});
export type Question = z.infer<typeof Question>;

/** An error on its way between two processes. */
export const SentError = z.object({
  name: z.string(),
  message: z.string(),
  /** Trying again cannot help, or helps after so many ms; without either, it may help at any time. */
  isPermanent: z.literal(true).optional(),
  delayMs: z.number().optional(),
});
export type SentError = z.infer<typeof SentError>;

/** How a job ended: the observations of a batch that failed, by their places in it, or the error of any other job. */
export const Answer = z.object({
  number: z.int(),
  failures: z.array(z.object({ index: z.int(), error: SentError })),
  error: SentError.optional(),
});
export type Answer = z.infer<typeof Answer>;

/** How far a batch has come: the observation that is begun now, by its place, and those before it that failed. */
export const Progress = Answer.pick({ number: true, failures: true }).extend({ began: z.int() });
export type Progress = z.infer<typeof Progress>;

/** What the quarantine's process sends to its worker. */
export const FromChild = z.union([Progress, Answer, z.object({ counted: Counted })]);
export type FromChild = z.infer<typeof FromChild>;

/** An error for the other process. */
export function sent(error: Error): SentError {
  const { name, message } = error;
  return {
    name,
    message,
    ...(error instanceof PermanentError && { isPermanent: true as const }),
    ...(error instanceof RetryLaterError && { delayMs: error.delayMs }),
  };
}

/** The error as it was in the other process, under the same name. */
export function received({ name, message, isPermanent, delayMs }: SentError): Error {
  if (delayMs !== undefined) return named(new RetryLaterError(message, { delayMs }), name);
  return named(isPermanent ? new PermanentError(message) : new Error(message), name);
}

function named(error: Error, name: string): Error {
  return Object.defineProperty(error, "name", { value: name });
}
