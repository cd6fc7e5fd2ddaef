import { createHash } from "node:crypto";

/** Texts as one name that any place takes: letters and digits, the same for the same texts. */
export function digest(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);
}
