import { between, seenSince, type Wanted } from "./days.ts";
import type { Past } from "./past.ts";
import type { Seconds } from "./tally.ts";

/** How much of a time a subject was up, by the vendor's own word, and how much of it we know. */
export interface Uptime {
  /** 0 to 1; undefined where too little is known to say. */
  uptime: number | undefined;
  /** 0 to 1: of the time since the page was first read, how much of it the page was read and listed this. */
  coverage: number;
  /** From when it is counted, in epoch seconds; undefined while nobody has looked. */
  since: number | undefined;
}

/** How much a second of each counts as down: the convention of Statuspage and Instatus. Maintenance is left out of the time. */
export const downtimeWeights = { major_outage: 1, partial_outage: 0.3, degraded_performance: 0 } as const;

/** Less than this of the time, or fewer days, and a percentage would be a guess. */
export const leastCoverage = 0.95;
export const leastDays = 7;

const daySeconds = 86_400;

/** The uptime over the last `days`, or since the page was first read if that is later. */
export function uptimeOf(past: Past, { component, days, now }: Wanted): Uptime {
  const first = seenSince(past, component);
  if (first === undefined || first >= now) return { uptime: undefined, coverage: 0, since: first };
  const since = Math.max(first, now - days * daySeconds);
  const [counted] = between(past, [since, now], component);
  const coverage = (counted?.observed ?? 0) / (now - since);
  const isEnough = coverage >= leastCoverage && now - since >= leastDays * daySeconds;
  return { uptime: counted && isEnough ? shareUp(counted.seconds) : undefined, coverage, since };
}

function shareUp(seconds: Seconds): number | undefined {
  const { operational, degraded_performance, partial_outage, major_outage } = seconds;
  const counted = operational + degraded_performance + partial_outage + major_outage;
  const down = partial_outage * downtimeWeights.partial_outage + major_outage * downtimeWeights.major_outage;
  return counted ? 1 - down / counted : undefined;
}
