import type { ComponentStatus } from "./views.ts";

/** What each state is called. */
export const stateWords: Readonly<Record<ComponentStatus, string>> = {
  operational: "Operational",
  degraded_performance: "Degraded",
  partial_outage: "Partial outage",
  major_outage: "Major outage",
  under_maintenance: "Maintenance",
  unknown: "No data",
};

/** A word of the API as a person reads it: `in_progress` → `In progress`. */
export function spoken(word: string): string {
  const text = word.replaceAll(/[_.]/g, " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `1 service`, `3 services`; `things` where an s does not do. */
export function counted(count: number, thing: string, things = `${thing}s`): string {
  return `${count} ${count === 1 ? thing : things}`;
}

const units = [
  { name: "d", ms: 86_400_000 },
  { name: "h", ms: 3_600_000 },
  { name: "min", ms: 60_000 },
  { name: "s", ms: 1000 },
] as const;

/** A length of time in one or two units: `2 d 3 h`, `38 min`, `18 s`. */
export function duration(ms: number): string {
  const at = units.findIndex((unit) => Math.abs(ms) >= unit.ms);
  const [big, small] = at < 0 ? [units[3], undefined] : [units[at] ?? units[3], units[at + 1]];
  const whole = Math.floor(Math.abs(ms) / big.ms);
  const rest = small && small.name !== "s" ? Math.floor((Math.abs(ms) % big.ms) / small.ms) : 0;
  return rest && small ? `${whole} ${big.name} ${rest} ${small.name}` : `${whole} ${big.name}`;
}

/** `5 min ago`, `in 3 h`, `just now`. */
export function relative(at: string, now: number): string {
  const ms = now - Date.parse(at);
  if (Math.abs(ms) < 10_000) return "just now";
  return ms > 0 ? `${duration(ms)} ago` : `in ${duration(ms)}`;
}

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** A time in the reader's time zone, which it names. */
export function absolute(at: string | number): string {
  return clock.format(new Date(at));
}

/** The same as event lines write it, without its zone: `2025-11-03 14:32:00`. */
export function stamp(at: string | number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();

/** The reader's time zone. A browser that knows none goes by UTC, and Chromium calls that a zone of its own. */
export const timeZone = zone === "Etc/Unknown" ? "UTC" : zone;

/** A time in UTC. */
export function utc(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}
