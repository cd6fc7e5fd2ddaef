import { z } from "zod";
import { utcTime } from "../iso.ts";
import { epochMilliseconds, optional } from "../payload.ts";

/** Below it a number since 1970 counts seconds: as milliseconds it would be in 1973. */
const firstMilliseconds = 1e11;

const WithOffset = z
  .string()
  .regex(/(?:Z|UTC|[+-]\d\d:?\d\d)$/, "a time without an offset may be any of a day's")
  .pipe(utcTime);

const Epoch = z
  .number()
  .transform((since) => (since < firstMilliseconds ? since * 1000 : since))
  .pipe(epochMilliseconds);

/** A time as Python's producers write it: ISO 8601 with an offset, or a number since 1970. Any other is left out. */
export const Sent = optional(z.union([WithOffset, Epoch]));
