/** A time of day that recurs, by the clocks of a zone. One whose end is not after its begin goes on past midnight. */
export interface Window {
  /** The days on which it begins, 0 Sunday to 6 Saturday. */
  days: readonly number[];
  /** Minutes after midnight. */
  from: number;
  /** Minutes after midnight, up to 1440. */
  until: number;
  /** An IANA name, such as `Europe/Berlin`. */
  zone: string;
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
/** More windows in a row than a week has are one without an end. */
const longestRun = 14;

/** Whether a moment (epoch ms) is in one of the windows. */
export function isWithin(windows: readonly Window[], at: number): boolean {
  return windows.some((window) => covers(window, at));
}

/**
 * When the windows that a moment (epoch ms) is in are over: the first minute in none of them. After two weeks without one,
 * then.
 */
export function endOf(windows: readonly Window[], at: number): number {
  let end = at;
  for (let run = 0; run < longestRun; run++) {
    const current = windows.find((window) => covers(window, end));
    if (!current) return end;
    end = endOfOne(current, end);
  }
  return end;
}

function covers({ days, from, until, zone }: Window, at: number): boolean {
  const { day, minute } = wallClock(at, zone);
  if (from < until) return days.includes(day) && minute >= from && minute < until;
  const begunYesterday = days.includes((day + 6) % 7) && minute < until;
  return begunYesterday || (days.includes(day) && minute >= from);
}

// Clocks may have been put forward or back in between: then the first guess shows another time than it should.
function endOfOne({ until, zone }: Window, at: number): number {
  const whole = at - (at % minuteMs);
  const left = minutesUntil(until, wallClock(whole, zone).minute) || dayMinutes;
  const guess = whole + left * minuteMs;
  const early = minutesUntil(until, wallClock(guess, zone).minute);
  const corrected = guess + (early > dayMinutes / 2 ? early - dayMinutes : early) * minuteMs;
  return corrected > at ? corrected : guess;
}

function minutesUntil(until: number, minute: number): number {
  return (until - minute + dayMinutes) % dayMinutes;
}

const names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: number, zone: string): { day: number; minute: number } {
  const clock = clocks.get(zone) ?? createClock(zone);
  clocks.set(zone, clock);
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const minute = Number(parts.get("hour")) * 60 + Number(parts.get("minute"));
  return { day: names.indexOf(parts.get("weekday") ?? ""), minute };
}

function createClock(timeZone: string): Intl.DateTimeFormat {
  const shown = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("en-US", { timeZone, ...shown });
}
