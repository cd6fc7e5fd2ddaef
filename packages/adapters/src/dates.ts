import { z } from "zod";
import { epochMilliseconds, instant } from "./payload.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Hours from UTC of the names that RFC 822 §5 defines, and that V8, Python and feed readers agree on. */
const zones: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/** Minutes from UTC of `PDT`, `Z`, `GMT`, `+02:00` or `-0700`; undefined for a name that we don't know. */
export function zoneMinutes(zone: string): number | undefined {
  const numeric = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (numeric) return Number(`${numeric[1]}1`) * (Number(numeric[2]) * 60 + Number(numeric[3]));
  const hours = Object.hasOwn(zones, zone.toLowerCase()) ? zones[zone.toLowerCase()] : undefined;
  return hours === undefined ? undefined : hours * 60;
}

/** The place of a month's English name in the year, from 0; undefined when it is none. */
export function monthNamed(name: string): number | undefined {
  const place = months.indexOf(name.slice(0, 3).toLowerCase());
  return place < 0 ? undefined : place;
}

/** `Tue, 03 Mar 2026 08:40:00 PST` in UTC with milliseconds; undefined when it is not such a date. RFC 822 §5, RFC 5322 §3.3. */
export function fromRfc822(text: string): string | undefined {
  const parts =
    /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3,9})\s+(\d{2}|\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s+([a-z]{1,4}|[+-]\d{2}:?\d{2})$/i.exec(
      text.trim(),
    );
  const [, day = "", name = "", year = "", hour, minute, second = "0", zone = ""] = parts ?? [];
  const month = monthNamed(name);
  const offset = zoneMinutes(zone);
  if (month === undefined || offset === undefined) return undefined;
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  const midnight = new Date(Date.UTC(fullYear, month, Number(day)));
  if (midnight.getUTCDate() !== Number(day)) return undefined;
  return instant(
    midnight.getTime() + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000,
  );
}

/** Seconds since 1970, as a number or as digits, in UTC with milliseconds. */
export const epochSeconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ])
  .transform((seconds) => Math.floor(seconds * 1000))
  .pipe(epochMilliseconds);
