import type { Component, Snapshot } from "@statuswire/status";
import { PayloadError } from "@statuswire/status";
import { z } from "zod";
import { monthNamed, zoneMinutes } from "../dates.ts";
import type { Format, Told } from "../format.ts";
import {
  coverage,
  defined,
  has,
  id,
  instant,
  isReadable,
  parsePayload,
  raw,
  requiredList,
  silent,
  word,
} from "../payload.ts";

const indicator = word({ up: "none", degraded: "minor", down: "critical" });
const componentStatus = word({ up: "operational", degraded: "degraded_performance", down: "major_outage" });

const day = 24 * 60 * 60 * 1000;

const Part = z
  .object({ key: id, title: z.string(), warning: z.unknown() })
  .refine((part) => has(part, "warning"), "neither well nor warned of");

// A part is well, or warned of in words of its own. If the page is not well, some part is not, known or unknown.
function components(status: string, parts: readonly z.infer<typeof Part>[]): Component[] {
  const isExplained = status === "up" || parts.some(({ warning }) => warning !== null);
  return parts.map(({ key, title, warning }) => {
    const well = isExplained ? "operational" : "unknown";
    return { id: key, name: title, status: warning === null ? well : "degraded_performance" };
  });
}

const Full = z
  .object({
    UptimeStatus: z.string(),
    uptimeData: requiredList(Part).refine(isReadable, "nothing in it could be read").optional(),
  })
  .transform(({ UptimeStatus: status, uptimeData: parts }): Snapshot => ({
    ...silent,
    page: { indicator: indicator(status) },
    coverage: { ...silent.coverage, components: coverage(parts) },
    components: components(status, parts?.entries ?? []),
  }));

const Current = z.object({
  largestatus: z.string(),
  statuses: z.record(z.string(), z.string()).optional(),
  time: z.string().transform(renderedAt),
});

/** `February 09, 2024 @ 06:08PM +00:00` in UTC with milliseconds. */
function renderedAt(text: string): string | undefined {
  const [, name = "", date, year, hour, minutes, half, zone = ""] =
    /^([a-z]{3,9}) (\d{1,2}), (\d{4}) @ (\d{1,2}):(\d{2})(AM|PM) ([+-]\d{2}:\d{2})$/i.exec(text.trim()) ?? [];
  const month = monthNamed(name);
  const offset = zoneMinutes(zone);
  if (month === undefined || offset === undefined) return undefined;
  const hours = (Number(hour) % 12) + (half?.toUpperCase() === "PM" ? 12 : 0);
  return instant(Date.UTC(Number(year), month, Number(date), hours, Number(minutes) - offset));
}

// What is served has stood still since February 2024: a page that old says nothing of today.
function current({ largestatus, statuses = {}, time }: z.infer<typeof Current>, told: Told): Snapshot {
  if (time === undefined || Date.parse(told.at) - Date.parse(time) > day)
    throw new PayloadError(
      `This was written ${time ?? "nobody knows when"}. Watch https://www.stripestatus.com instead.`,
    );
  const components = Object.entries(statuses).map(([name, theirs]): Component => {
    const status = componentStatus(theirs);
    return { id: name, name, status, ...raw(status, theirs) };
  });
  return { ...silent, page: defined({ indicator: indicator(largestatus), updatedAt: time }), components };
}

/** Stripe's former page, status.stripe.com: its states and nothing else. */
export const stripe: Format = {
  ways: [["/current/full"], ["/current"]],
  adapt: (payload, told) =>
    has(payload, "largestatus") ? current(parsePayload(Current, payload), told) : parsePayload(Full, payload),
};
