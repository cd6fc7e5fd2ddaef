import type { Event } from "./event.ts";
import { oneLine } from "./readable.ts";

/**
 * The product's signature, two lines without the last line break, in the process's time zone:
 *
 *     [2025-11-03 14:32:00] Product: OpenAI API - Chat Completions
 *     Status: Degraded performance due to upstream issue.
 */
export function line({ timestamp, product, status }: Pick<Event, "timestamp" | "product" | "status">): string {
  return `[${localTime(timestamp)}] Product: ${oneLine(product)}\nStatus: ${oneLine(status)}`;
}

function localTime(timestamp: string): string {
  const at = new Date(timestamp);
  const two = (part: number) => String(part).padStart(2, "0");
  const date = [String(at.getFullYear()).padStart(4, "0"), two(at.getMonth() + 1), two(at.getDate())].join("-");
  return `${date} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
