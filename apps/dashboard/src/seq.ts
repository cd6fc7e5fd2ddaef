import { z } from "zod";

/** A place in the log: milliseconds and a count. Nothing is before `0-0`. */
export const Seq = z.string().regex(/^\d{1,15}-\d{1,20}$/, "Write a seq, such as 1762180320000-0.");

/** Negative when the first is before the second. */
export function compareSeqs(one: string, other: string): number {
  const [oneMs = 0, oneCount = 0] = one.split("-").map(Number);
  const [otherMs = 0, otherCount = 0] = other.split("-").map(Number);
  return oneMs - otherMs || oneCount - otherCount;
}
