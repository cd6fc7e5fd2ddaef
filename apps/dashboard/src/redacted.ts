/** Keys whose texts say where a job belongs and how it fared, nothing that somebody sent. */
const telling = new Set([
  ...["id", "provider", "via", "receivedAt", "format", "incident", "eventId", "seq", "sink"],
  ...["queue", "jobId", "name", "error", "reason", "createdAt", "failedAt"],
]);

/** A job's data in its shape, without the texts that came from outside. */
export function redacted(value: unknown): unknown {
  if (typeof value === "string") return "[redacted]";
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      typeof part === "string" && telling.has(key) ? part : redacted(part),
    ]),
  );
}
