import { type Event, oneLine } from "@statuswire/status";

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

/** Events as a table (RFC 4180), safe to open in a spreadsheet and to print on a terminal. */
export function csv(events: readonly Event[]): string {
  const rows = events.map((event) => columns.map((column) => cell(String(event[column] ?? ""))));
  return [columns.map(cell), ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

// A spreadsheet takes a text that begins so for a formula, and vendors write the texts (OWASP, "CSV Injection").
function cell(text: string): string {
  const line = oneLine(text);
  const harmless = /^[=+\-@]/.test(line) ? `'${line}` : line;
  return `"${harmless.replaceAll('"', '""')}"`;
}
