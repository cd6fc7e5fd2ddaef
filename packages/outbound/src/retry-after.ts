import type { IncomingHttpHeaders } from "node:http";

const shortest = 1000;
const longest = 60 * 60_000;
const usual = 60_000;

/**
 * How long a server asks us to wait, in milliseconds, between a second and an hour: `Retry-After` in seconds or as a
 * date, told by the server's own clock where it sends one. A date gone by is a minute. Nothing legible: undefined.
 */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const asked = headers["retry-after"]?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(asked)) return clamp(Number(asked) * 1000);
  const until = httpDate(asked);
  if (until === undefined) return undefined;
  const wait = until - (httpDate(headers.date) ?? Date.now());
  return wait > 0 ? clamp(wait) : usual;
}

/** What 429 asks for, in milliseconds, and 503 if it asks; undefined for every other answer. */
export function requestedDelayMs(status: number, headers: IncomingHttpHeaders): number | undefined {
  if (status === 429) return retryAfterMs(headers) ?? usual;
  return status === 503 ? retryAfterMs(headers) : undefined;
}

// Date.parse reads "wait 5" as a day in 2001, so only HTTP's own form counts (RFC 9110, 5.6.7).
function httpDate(text = ""): number | undefined {
  return /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? timeOf(text) : undefined;
}

function timeOf(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function clamp(ms: number): number {
  return Math.min(longest, Math.max(shortest, ms));
}
