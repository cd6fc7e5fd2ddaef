import { PayloadError, type Coverage } from "@statuswire/status";
import { z } from "zod";

/** Reads a payload with a format's schema. Throws PayloadError that names what is wrong. */
export function parsePayload<Output>(schema: z.ZodType<Output>, payload: unknown): Output {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new PayloadError(
    `The payload is not in the expected shape:\n${z.prettifyError(parsed.error).slice(0, 2000)}`,
    {
      cause: parsed.error,
    },
  );
}

/** A vendor's time in ISO 8601 with an offset, as UTC with milliseconds. */
export const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

/** An identity: kept as text. Numbers are taken while they are exact. */
export const id = z.union([z.string().min(1), z.int().transform(String)]);

/** Text in which absent, null, "" and "None" are all nothing. */
export const text = z
  .string()
  .nullish()
  .transform((value) =>
    value === null || value === undefined || value === "" || value === "None" ? undefined : value,
  );

/** A decoration: wrong or absent, it is left out and costs nothing else. */
export function optional<Output>(schema: z.ZodType<Output>) {
  return schema.optional().catch(undefined);
}

/** What could be read of a list, and whether that was all of it. */
export interface Listed<Entry> {
  entries: Entry[];
  whole: boolean;
}

/** A list in which absent and null are empty, and an odd entry costs only itself. */
export function list<Output>(entry: z.ZodType<Output>) {
  return z
    .array(z.unknown())
    .nullish()
    .transform((candidates): Listed<Output> => {
      const parsed = (candidates ?? []).map((candidate) => entry.safeParse(candidate));
      const entries = parsed.flatMap((result) => (result.success ? [result.data] : []));
      return { entries, whole: entries.length === parsed.length };
    });
}

/** Full only when every entry was read: what we could not read must not look as if it were gone. */
export function coverage(listed: Listed<unknown> | undefined): Coverage {
  return listed?.whole ? "full" : "partial";
}

/** A vendor's word in our vocabulary; one that we don't know is `unknown`, never a guess. */
export function word<Ours extends string>(words: Readonly<Record<string, Ours>>) {
  const known = new Map(Object.entries(words));
  return (theirs: string): Ours | "unknown" => known.get(theirs) ?? "unknown";
}

/** The vendor's own word, to be kept where ours says `unknown`. */
export function raw(ours: string, theirs: string): { rawStatus: string } | Record<string, never> {
  return ours === "unknown" ? { rawStatus: theirs } : {};
}

/** Oldest first, ties in the given order: vendors send updates both ways round. */
export function byTime<Timed extends { at: string }>(entries: readonly Timed[]): Timed[] {
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
