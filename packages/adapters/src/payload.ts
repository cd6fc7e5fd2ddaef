import { type Coverage, PayloadError, plainWord, type Snapshot, type Update } from "@statuswire/status";
import { z } from "zod";

/** Longer than any vendor's; it becomes part of keys. */
const longestId = 500;

/** Reads a payload with a format's schema. Throws PayloadError that names what is wrong. */
export function parsePayload<Output>(schema: z.ZodType<Output>, payload: unknown): Output {
  const parsed = compiled(schema).safeParse(payload);
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error).slice(0, 2000);
  throw new PayloadError(`The payload is not in the expected shape:\n${why}`, { cause: parsed.error });
}

const compiledBefore = new WeakMap<z.ZodType, z.ZodType>();

/** A schema as the flat code that zod makes of it, https://zod.dev/compile: made when first needed, since few formats are spoken in one process. */
function compiled<Output>(schema: z.ZodType<Output>): z.ZodType<Output> {
  const before = compiledBefore.get(schema);
  // What was stored under a schema reads what the schema does.
  if (before) return before as z.ZodType<Output>;
  const made = z.compile(schema);
  compiledBefore.set(schema, made);
  return made;
}

/** Whether a payload is an object with that key, whatever it holds: how one shape is told from another. */
export function has<Key extends string>(payload: unknown, key: Key): payload is Record<Key, unknown> {
  return typeof payload === "object" && payload !== null && Object.hasOwn(payload, key);
}

/** Milliseconds since 1970 in UTC, ISO 8601 with milliseconds; undefined where no status page has ever been. */
export function instant(ms: number): string | undefined {
  const isPlausible = ms >= 0 && ms < Date.UTC(2200, 0);
  return isPlausible ? new Date(ms).toISOString() : undefined;
}

/** A vendor's time in ISO 8601 with an offset, as UTC with milliseconds. */
export const time = z.iso.datetime({ offset: true }).transform((text, context) => {
  const at = isOurs(text) ? text : instant(Date.parse(text));
  if (at === undefined) context.addIssue({ code: "custom", message: "not a time" });
  return at ?? z.NEVER;
});

/** Whether a time, known to be one, already is as we write it: most vendors', and nothing is to be made anew. */
function isOurs(text: string): boolean {
  return text.length === "1970-01-01T00:00:00.000Z".length && text.endsWith("Z") && text > "1970" && text < "2200";
}

/** Milliseconds since 1970, as UTC with milliseconds. */
export const epochMilliseconds = z.number().transform((ms, context) => {
  const at = instant(ms);
  if (at === undefined) context.addIssue({ code: "custom", message: "not milliseconds since 1970" });
  return at ?? z.NEVER;
});

/** An identity: kept as text. Numbers are taken while they are exact. */
export const id = z.union([z.string().min(1).max(longestId), z.int().transform(String)]);

/** An identity made of what a vendor says instead of one: readable, and not too long to be part of a key. */
export function identity(...parts: readonly string[]): string {
  return parts.join("|").slice(0, longestId);
}

/** Text in which absent, null, "" and "None" are all nothing. */
export const text = z
  .string()
  .nullish()
  .transform((value) => (value === null || value === "" || value === "None" ? undefined : value));

/** A decoration: wrong, null or absent, it is left out and costs nothing else. */
export function optional<Output>(schema: z.ZodType<Output>) {
  // Vendors send null for most of what they have nothing to say of, and catching is many times as dear as expecting.
  return schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()
    .catch(undefined);
}

/** What could be read of a list, and whether that was all of it. */
export interface Listed<Entry> {
  entries: Entry[];
  whole: boolean;
}

/** A list in which absent and null are empty, an odd entry costs only itself, and what is no list is not whole. */
export function list<Output>(entry: z.ZodType<Output>) {
  return z
    .unknown()
    .optional()
    .transform((value): Listed<Output> => read(entry, value ?? []));
}

/** A list without which the payload is another shape: absent, null or no list, it is refused. */
export function requiredList<Output>(entry: z.ZodType<Output>) {
  return z.array(z.unknown()).transform((value): Listed<Output> => read(entry, value));
}

/** A list that an endpoint may not speak of at all: absent is undefined; null is empty. */
export function section<Output>(entry: z.ZodType<Output>) {
  return z
    .unknown()
    .optional()
    .transform((value): Listed<Output> | undefined =>
      value === undefined ? undefined : read(entry, value ?? []),
    );
}

/** A list that is always there, if only empty: absent or null, it is not whole. */
export function expectedList<Output>(entry: z.ZodType<Output>) {
  return z
    .unknown()
    .optional()
    .transform((value): Listed<Output> => read(entry, value));
}

function read<Output>(entry: z.ZodType<Output>, value: unknown): Listed<Output> {
  if (!Array.isArray(value)) return { entries: [], whole: false };
  const quick = compiled(entry);
  const parsed = value.map((candidate) => quick.safeParse(candidate));
  const entries = parsed.flatMap((result) => (result.success ? [result.data] : []));
  return { entries, whole: entries.length === parsed.length };
}

/** Full only when every entry was read: what we could not read must not look as if it were gone. */
export function coverage(listed: Listed<unknown> | undefined): Coverage {
  return listed?.whole ? "full" : "partial";
}

/** Whether a list says anything: it is empty, or something in it could be read. Another page's JSON is neither. */
export function isReadable(listed: Listed<unknown> | undefined): boolean {
  return listed !== undefined && (listed.whole || listed.entries.length > 0);
}

/** A snapshot that speaks of nothing yet: spread it, then say what it does speak of. */
export const silent: Readonly<Pick<Snapshot, "coverage" | "components" | "incidents" | "maintenances">> = {
  coverage: { components: "partial", incidents: "partial", maintenances: "partial" },
  components: [],
  incidents: [],
  maintenances: [],
};

/**
 * A vendor's word in our vocabulary, whatever its case, with spaces, hyphens and underscores alike; one that we don't know
 * is `unknown`, never a guess.
 */
export function word<Ours extends string>(words: Readonly<Record<string, Ours>>) {
  const known = new Map(Object.entries(words));
  const plain = new Map(Object.entries(words).map(([theirs, ours]) => [plainWord(theirs), ours]));
  // Nearly all are written as we expect.
  return (theirs: string): Ours | "unknown" => known.get(theirs) ?? plain.get(plainWord(theirs)) ?? "unknown";
}

/** The vendor's own word, to be kept where ours says `unknown`. */
export function raw(ours: string, theirs: string): { rawStatus?: string } {
  return ours === "unknown" ? { rawStatus: theirs } : {};
}

/** An object without what is undefined in it: absent is the only way we say nothing. */
export function defined<Fields extends object>(fields: Fields): Defined<Fields> {
  const said: Record<string, unknown> = {};
  for (const key in fields) if (fields[key] !== undefined) said[key] = fields[key];
  // The compiler can't see that filtering by value leaves exactly this type.
  return said as Defined<Fields>;
}

type Defined<Fields> = {
  [Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key];
} & {
  [Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined>;
};

/** Oldest first, ties in the given order: vendors send updates both ways round. */
export function byTime<Timed extends { at: string }>(entries: readonly Timed[]): Timed[] {
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Updates oldest first, each id once: the later of two with one id is its edit. */
export function history(updates: readonly Update[]): Update[] {
  return byTime([...new Map(byTime(updates).map((update) => [update.id, update])).values()]);
}

/** What a vendor gives no ids: told apart by time, and by place where two have the same. */
export function numbered<Timed extends { at: string }>(entries: readonly Timed[]): (Timed & { id: string })[] {
  const times = new Map<string, number>();
  return entries.map((entry) => {
    const nth = (times.get(entry.at) ?? 0) + 1;
    times.set(entry.at, nth);
    return { ...entry, id: nth === 1 ? entry.at : identity(entry.at, String(nth)) };
  });
}
