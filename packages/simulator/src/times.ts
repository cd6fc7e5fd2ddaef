/** ISO 8601 with milliseconds and the zone's offset, `Z` where that is UTC: Statuspage's way. */
export function zoned(at: Date, timeZone: string): string {
  const offset = timeZone === "Etc/UTC" ? "" : offsetOf(at, timeZone);
  if (offset === "") return at.toISOString();
  const [sign, hours, minutes] = [offset.charAt(0), Number(offset.slice(1, 3)), Number(offset.slice(4, 6))];
  const ahead = (sign === "-" ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  return new Date(at.getTime() + ahead).toISOString().replace("Z", offset);
}

/** ISO 8601 in UTC, whole seconds: incident.io's compatible API. */
export function wholeSeconds(at: Date): string {
  return at.toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** `04/26/2021 06:30 PDT`: Apple's English pages. */
export function cupertino(at: Date): string {
  const parts = new Map(cupertinoFormat.formatToParts(at).map(({ type, value }) => [type, value]));
  const [month, day, year, hour, minute, zone] = (
    ["month", "day", "year", "hour", "minute", "timeZoneName"] as const
  ).map((type) => parts.get(type) ?? "");
  return `${month}/${day}/${year} ${hour}:${minute} ${zone}`;
}

const cupertinoFormat = new Intl.DateTimeFormat("en-US", {
  timeZone: "America/Los_Angeles",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZoneName: "short",
});

const offsetFormats = new Map<string, Intl.DateTimeFormat>();

/** `-08:00`; empty for UTC. */
function offsetOf(at: Date, timeZone: string): string {
  const format =
    offsetFormats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  offsetFormats.set(timeZone, format);
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return name.replace("GMT", "");
}
