import type { Fetched } from "@statuswire/outbound";

/** What came over the wire. */
export interface Received {
  status: number;
  /** After decompression, of all answers together. */
  bytes: number;
}

/** What came with several answers together. */
export function receivedIn(answers: readonly Fetched[]): Received {
  const bytes = answers.reduce((sum, answer) => sum + (answer.kind === "fresh" ? answer.bytes : 0), 0);
  return { status: answers.find(({ kind }) => kind === "fresh")?.status ?? 304, bytes };
}
