/** What goes wrong with a page, until it is told otherwise. */
export type Fault =
  /** Answers so, with an empty JSON body. */
  | { kind: "status"; status: number; retryAfterSeconds?: number }
  /** Answers rightly, but late. */
  | { kind: "delay"; ms: number }
  /** Answers 200 with an HTML error page, as a proxy in trouble does. */
  | { kind: "html" }
  /** Reads the request and hangs up. */
  | { kind: "drop" }
  /** Answers what it said when the fault was set, validators included, as a stale cache does. */
  | { kind: "stale" };
