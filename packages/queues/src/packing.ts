import { packText, unpackText } from "@statuswire/packing";
import { asError, PermanentError } from "@statuswire/status";
import type { Batch } from "./jobs.ts";

/** How a job carries a long batch: its JSON, packed. A version that can't read this takes it for a newer job, and leaves it alone. */
export interface Packed {
  v: 2;
  packed: string;
}

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
  if (!isPacked(data)) return data;
  try {
    return JSON.parse(unpackText(data.packed));
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

// Asked of every job, and most are not packed: a schema would make an error of each.
function isPacked(data: unknown): data is Packed {
  if (typeof data !== "object" || data === null || !("packed" in data && "v" in data)) return false;
  return data.v === 2 && typeof data.packed === "string";
}

function textIn({ observations }: Batch): number {
  const texts = observations.flatMap(({ body, also = [] }) => [body, ...also]);
  return texts.reduce((sum, { length }) => sum + length, 0);
}
