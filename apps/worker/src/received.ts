import type { Fetched, Validators } from "@statuswire/outbound";

/** What came over the wire. */
export interface Received {
  status: number;
  /** After decompression, of all answers together. */
  bytes: number;
}

/** By what the same answer is known again, and what it says: the page's own marks, and a digest of its bytes. */
export interface Seen extends Validators {
  marked: string;
  bytes: string;
}

/** What came with several answers together. */
export function receivedIn(answers: readonly Fetched[]): Received {
  const bytes = answers.reduce((sum, answer) => sum + (answer.kind === "fresh" ? answer.bytes : 0), 0);
  return { status: answers.find(({ kind }) => kind === "fresh")?.status ?? 304, bytes };
}
