import { oneLine } from "@statuswire/status";
import type { MaintenanceView } from "../views/maintenance.ts";
import { link } from "./xml.ts";

/** Maintenances that have a window, as a calendar (RFC 5545). */
export function calendar(maintenances: readonly MaintenanceView[]): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Statuswire//Maintenance//EN",
    "X-WR-CALNAME:Maintenance",
    ...maintenances.flatMap(entryOf),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function entryOf(maintenance: MaintenanceView): string[] {
  const { id, providerName, title, status, updatedAt, scheduledFor, scheduledUntil, url, updates } = maintenance;
  if (scheduledFor === undefined) return [];
  const href = link(url);
  const latest = updates.at(-1)?.text;
  return [
    "BEGIN:VEVENT",
    `UID:${text(id)}@statuswire`,
    `DTSTAMP:${time(updatedAt)}`,
    `DTSTART:${time(scheduledFor)}`,
    ...(scheduledUntil !== undefined && scheduledUntil > scheduledFor ? [`DTEND:${time(scheduledUntil)}`] : []),
    `SUMMARY:${text(`${providerName}: ${title}`)}`,
    ...(latest ? [`DESCRIPTION:${text(latest)}`] : []),
    ...(href === undefined ? [] : [`URL:${href}`]),
    `STATUS:${status === "cancelled" ? "CANCELLED" : "CONFIRMED"}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

function time(iso: string): string {
  return iso.replace(/\.\d+Z$/, "Z").replace(/[-:]/g, "");
}

function text(raw: string): string {
  return oneLine(raw).replace(/[\\;,]/g, String.raw`\$&`);
}

// A line may be 75 octets long; a further one begins with a space, which counts.
function folded(line: string): string {
  const rows = [""];
  let octets = 0;
  for (const char of line) {
    const size = Buffer.byteLength(char);
    if (octets + size > 74) {
      rows.push("");
      octets = 0;
    }
    rows.push(`${rows.pop() ?? ""}${char}`);
    octets += size;
  }
  return rows.join("\r\n ");
}
