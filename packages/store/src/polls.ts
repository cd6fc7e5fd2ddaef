/** How one poll ended. */
export interface PollNote {
  /** ISO 8601. */
  at: string;
  /** `changed`, `unchanged`, or why it failed. */
  outcome: string;
  /** What the page answered, where it did. */
  status: number | undefined;
  /** Of what came, after decompression. */
  bytes: number;
  /** How long it took. */
  ms: number;
}

/** As many polls as are remembered. */
const remembered = 20;

/** The last polls as they are kept in a reading, the newest first, with one more. */
export function withPoll(kept: string | undefined, { at, outcome, status, bytes, ms }: PollNote): string {
  const line = [Date.parse(at), status ?? "", bytes, ms, outcome.replaceAll(/\s+/g, " ")].join(" ");
  return [line, ...(kept ?? "").split("\n").filter(Boolean)].slice(0, remembered).join("\n");
}

/** The last polls, the newest first. */
export function pollsIn(kept: string | undefined): PollNote[] {
  return (kept ?? "").split("\n").flatMap((line) => {
    const [, at, status, bytes, ms, outcome] = /^(\d+) (\d*) (\d+) (\d+) (.+)$/.exec(line) ?? [];
    if (at === undefined || outcome === undefined) return [];
    const known = status ? Number(status) : undefined;
    return [
      { at: new Date(Number(at)).toISOString(), outcome, status: known, bytes: Number(bytes), ms: Number(ms) },
    ];
  });
}
