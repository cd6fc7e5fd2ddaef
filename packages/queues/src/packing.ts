import { asError, packText, PermanentError, unpackText } from "@statuswire/status";
import { z } from "zod";
import type { Batch } from "./jobs.ts";

/** How a job carries a long batch: its JSON, packed. A version that can't read this takes it for a newer job, and leaves it alone. */
const Packed = z.object({ v: z.literal(2), packed: z.string() });
export type Packed = z.infer<typeof Packed>;

/** A job's packed data that can't be unpacked: cut off, or written by hand. */
export class PackingError extends PermanentError {
  override readonly name = "PackingError";
}

/** Characters of bodies from which a batch is packed. */
const worthwhile = 4096;

/** What a job is to carry for a batch: the batch, or something shorter that `unpacked` makes it of. */
export function pack(batch: Batch): Batch | Packed {
  return textIn(batch) < worthwhile ? batch : { v: 2, packed: packText(JSON.stringify(batch)) };
}

/** A job's data as it was before `pack`; whatever was not packed is what it is. Throws PackingError. */
export function unpacked(data: unknown): unknown {
  const packed = Packed.safeParse(data);
  if (!packed.success) return data;
  try {
    return JSON.parse(unpackText(packed.data.packed));
  } catch (error) {
    throw new PackingError(`The job's data can't be unpacked: ${asError(error).message}.`);
  }
}

/** A job's data for people to look at: unpacked, where that can be done. */
export function legible(data: unknown): unknown {
  try {
    return unpacked(data);
  } catch {
    return data;
  }
}

function textIn({ observations }: Batch): number {
  return observations.reduce((sum, { body, also = [] }) => sum + body.length + also.join("").length, 0);
}
