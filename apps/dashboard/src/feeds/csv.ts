import type { Event } from "@statuswire/status";

const columns = [
  "seq",
  "id",
  "type",
  "provider",
  "product",
  "status",
  "timestamp",
  "observedAt",
  "via",
  "initial",
  "inferred",
  "url",
] as const;

/** Events as a table (RFC 4180), safe to open in a spreadsheet. */
export function csv(events: readonly Event[]): string {
  const rows = events.map((event) => columns.map((column) => cell(String(event[column] ?? ""))));
  return [columns.map(cell), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

// A spreadsheet takes a text that begins so for a formula, and vendors write the texts (OWASP, "CSV Injection").
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
