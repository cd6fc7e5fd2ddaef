import type { Snapshot } from "@statuswire/status";

/** How and when an observation came in. Adapters have no clock: `at` is theirs. */
export interface Told {
  /** When the request started (a poll) or arrived (a push), ISO 8601: the time of whatever carries none. */
  at: string;
}

/** Where to ask: a path on the page's host, or what makes the URL of the page's. */
export type Endpoint = string | ((page: URL) => URL);

/** The endpoints whose answers, together, are one reading of the page. */
export type Way = readonly Endpoint[];

/** How a page talks. A format is code; a provider that speaks it is data. */
export interface Format {
  /** Ways to ask a page, best first; a later one is for pages that don't have the earlier. Empty: it only pushes. */
  readonly ways: readonly Way[];
  /** Text to payload. JSON when absent. Throws PayloadError. */
  read?(text: string): unknown;
  /** What the payload says, be it a poll's or a push's. Pure. Throws PayloadError when it is not this format's. */
  adapt(payload: unknown, told: Told): Snapshot;
  /**
   * Where the closing words of an incident can be read that the page no longer lists. The answer may tell of others
   * too, long past: only the one asked for is news.
   */
  incidentUrl?(page: URL, id: string): URL;
  /** Where a page tells of incidents that are over, when its reading doesn't: read once, with the first reading. */
  pastUrl?(page: URL): URL;
}

/** The URLs of one way on one page. */
export function urlsOf(way: Way, page: URL): URL[] {
  return way.map((endpoint) => (typeof endpoint === "string" ? new URL(endpoint, page) : endpoint(page)));
}
