import { z } from "zod";
import { time } from "./payload.ts";

const shape =
  /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(?:(Z|UTC|[+-]\d\d:?\d\d)(?: [A-Z]{1,5})?)?$/;

/**
 * A time that is nearly ISO 8601, as UTC with milliseconds: with a space for the `T`, no seconds, an offset without a colon,
 * Go's zone name after it, or no offset at all. Without one it is taken as UTC, so use it where the vendor's times are.
 */
export const utcTime = z.string().transform(isoFrom).pipe(time);

function isoFrom(text: string): string {
  const [, day, clock, zone = "Z"] = shape.exec(text.trim()) ?? [];
  return day === undefined || clock === undefined ? text : `${day}T${withSeconds(clock)}${offset(zone)}`;
}

function withSeconds(clock: string): string {
  return clock.length === "00:00".length ? `${clock}:00` : clock;
}

function offset(zone: string): string {
  return zone === "Z" || zone === "UTC" ? "Z" : zone.replace(/^(...):?(..)$/, "$1:$2");
}
