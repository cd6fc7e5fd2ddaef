/** A date, and when it begins by the clocks of a zone. */
export interface Midnight {
  /** `2026-11-22` */
  date: string;
  /** Epoch seconds: 00:00, or the date's first moment where clocks leave that out. */
  at: number;
}

interface Wanted {
  /** An IANA name, such as `Europe/Berlin`. */
  timeZone: string;
  /** How many. */
  days: number;
  /** Epoch seconds. */
  now: number;
}

const daySeconds = 86_400;

interface Row {
  today: number;
  midnights: readonly Midnight[];
}

// Those of a zone are looked up once a day, not for each of a page's components.
const rows = new Map<string, Row>();

/** The dates up to the one that it is now, oldest first. */
export function midnightsOf({ timeZone, days, now }: Wanted): readonly Midnight[] {
  const today = Math.floor(wallClock(now, timeZone) / daySeconds);
  const known = rows.get(timeZone);
  if (known?.today === today && known.midnights.length >= days)
    return known.midnights.slice(known.midnights.length - days);
  const midnights = Array.from({ length: days }, (_, index) => midnightOf(today - days + 1 + index, timeZone));
  rows.set(timeZone, { today, midnights });
  return midnights;
}

function midnightOf(day: number, zone: string): Midnight {
  const midnight = day * daySeconds;
  return { date: new Date(midnight * 1000).toISOString().slice(0, 10), at: firstAt(midnight, zone) };
}

// When the clocks of a zone first show a midnight or later. A day away on either side, they are not being changed.
function firstAt(midnight: number, zone: string): number {
  const [before, after] = [offsetOf(midnight - daySeconds, zone), offsetOf(midnight + daySeconds, zone)];
  let [from, until] = [midnight - Math.max(before, after), midnight - Math.min(before, after)];
  // Of two midnights, the clocks being put back to it or past it, the first.
  if (wallClock(from, zone) >= midnight) return from;
  while (from < until) {
    const middle = Math.floor((from + until) / 2);
    if (wallClock(middle, zone) >= midnight) until = middle;
    else from = middle + 1;
  }
  return until;
}

/** What the clocks of a zone show, in seconds since they showed the beginning of 1970. */
function wallClock(at: number, zone: string): number {
  return at + offsetOf(at, zone);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How many seconds the clocks of a zone are ahead of UTC. */
function offsetOf(at: number, zone: string): number {
  const clock =
    clocks.get(zone) ?? new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  clocks.set(zone, clock);
  // `11/22/2026, GMT-03:30`, and `GMT` alone for none.
  const [, sign, hours, minutes, seconds] = /([+-])(\d\d):(\d\d):?(\d\d)?$/.exec(clock.format(at * 1000)) ?? [];
  const ahead = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === "-" ? -ahead : ahead;
}
