/** What the rules of each section need to know of the whole. */
export interface Scope {
  at: string;
  page: string;
  initial: boolean;
  /** Whether this is a look at the page as it is, which may be its baseline. */
  isReading: boolean;
  /** When the newest full snapshot until now was asked for; empty before the first. Older ones prove nothing. */
  readAt: string;
  /** The page's clock, where it has one; else ours. */
  pageAt: string;
  /** Since when a page with a clock has said what it says without a date. */
  undatedSince?: string | undefined;
}
