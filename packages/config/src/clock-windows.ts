import type { Window } from "@statuswire/status";
import { z } from "zod";

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const howToSayDays = "Write days as mon, tue, …, or a range such as mon-fri.";
const howToSayTime = 'A time of day is written "22:00", in quotes.';

const dayPattern = new RegExp(`^(${days.join("|")})(-(${days.join("|")}))?$`, "i");
const Day = z.string().regex(dayPattern, howToSayDays);
const TimeOfDay = z.string(howToSayTime).regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, howToSayTime);

const ClockWindow = z.strictObject({
  days: z
    .union([Day, z.array(Day).min(1)], { error: howToSayDays })
    .optional()
    .describe("The days on which it begins: sat, mon-fri, or a list. Unless said: every day"),
  from: TimeOfDay.optional().describe('"22:00". Unless said: midnight'),
  until: TimeOfDay.optional().describe('"07:00"; not after `from`: of the next day. Unless said: midnight'),
  zone: z
    .string()
    .refine(isZone, "This is no time zone. Write one such as Europe/Berlin.")
    .optional()
    .describe("A time zone, such as Europe/Berlin. Unless said: UTC"),
});

/** Times of day that recur, as they are written: one, or a list of them. */
export const ClockWindows = z.union([ClockWindow, z.array(ClockWindow)], {
  error: 'Write { from: "22:00", until: "07:00", days: mon-fri, zone: Europe/Berlin }, or a list of those.',
});

/** Windows as written, as they are held against a clock. */
export function windowsOf(written: z.infer<typeof ClockWindows> | undefined): Window[] {
  if (written === undefined) return [];
  return (Array.isArray(written) ? written : [written]).map(({ days: begins, from, until, zone }) => ({
    days: begins === undefined ? days.map((_day, index) => index) : [begins].flat().flatMap(daysIn),
    from: minutesOf(from ?? "00:00"),
    until: minutesOf(until ?? "24:00"),
    zone: zone ?? "UTC",
  }));
}

// `fri-mon` goes over the weekend.
function daysIn(text: string): number[] {
  const [first = 0, last = first] = text
    .toLowerCase()
    .split("-")
    .map((day) => days.indexOf(day));
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_day, index) => (first + index) % 7);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
