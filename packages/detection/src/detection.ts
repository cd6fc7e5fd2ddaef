/** How sure we are. `strong`: it answers as only this format does. `medium`: it talks like it. `weak`: only a hint. */
export type Sure = "strong" | "medium" | "weak";

/** One format that was tried, and what came of it. */
export interface Attempt {
  format: string;
  /** What was asked, or where a hint was found. */
  url: string;
  outcome: Sure | "no";
  /** The HTTP status, where an answer came. */
  status?: number;
  /** Where the answer was found, when redirects led elsewhere. */
  landed?: string;
  /** In words: what answered, or what was wrong with it. */
  why: string;
}

/** How a page talks. */
export interface Match {
  format: string;
  /** Which of the format's ways it answers; absent when it can't be asked at all, only listened to. */
  way?: number;
  sure: Sure;
  /** The page's address, as its format needs it. */
  page: URL;
  /** What it calls itself. */
  name?: string;
  /** The components that it lists. */
  components?: { name: string; group?: string }[];
}

/** What asking a page has brought. */
export interface Detection {
  url: string;
  /** Where the page itself was found, when redirects led elsewhere. */
  landed?: string;
  /** Why asking ended early: the host is down, or wants to be left alone. */
  trouble?: string;
  /** In the order in which they were tried. */
  tried: Attempt[];
  best?: Match;
}

const ranks: Readonly<Record<Sure, number>> = { strong: 3, medium: 2, weak: 1 };

/** The surest of some matches; of equally sure ones, the first. */
export function surest(matches: readonly Match[]): Match | undefined {
  return matches.toSorted((a, b) => ranks[b.sure] - ranks[a.sure])[0];
}
