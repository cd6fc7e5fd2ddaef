import { z } from "zod";
import { fromRfc822 } from "./dates.ts";
import { defined, isReadable, list, optional, time } from "./payload.ts";

/** Deeper than any markup in a feed. */
const deepest = 64;

/** One entry of an RSS 2.0, RSS 1.0 or Atom feed, in one shape. */
export interface Entry {
  /** What identifies it: Atom's `id`, RSS's `guid`, else its link. */
  id: string;
  title: string;
  link?: string;
  /** When it last changed, else when it was published; absent when the entry has no date. */
  at?: string;
  /** When it was published, where the feed tells that from when it changed. */
  publishedAt?: string;
  /** Its text, as written: HTML more often than not. */
  html: string;
}

/** A date as feeds write it: RFC 3339 (Atom), or RFC 822 with a zone's name, an offset or a bare `Z` (RSS). */
const date = z
  .string()
  .transform((text) => fromRfc822(text) ?? text.trim())
  .pipe(time);

// An element with attributes is an object, a repeated one an array; its text is what we want.
const words: z.ZodType<string> = z.union([
  z.string(),
  z.object({ "#text": z.string() }).transform((element) => element["#text"]),
  z
    .array(z.unknown())
    .min(1)
    .transform((elements) => textIn(elements[0])),
  z.record(z.string(), z.unknown()).transform((element) => textIn(element)),
]);

const href = z.object({ "@href": z.string().min(1), "@rel": optional(z.string()) });

const atomLink = z
  .union([href.transform((link) => [link]), z.array(href)])
  .transform((links) => links.find((link) => (link["@rel"] ?? "alternate") === "alternate")?.["@href"]);

const AtomEntry = z
  .object({
    id: words.pipe(z.string().min(1)),
    title: words,
    link: optional(atomLink),
    updated: date.optional(),
    published: date.optional(),
    content: optional(words),
    summary: optional(words),
  })
  .transform(({ id, title, link, updated, published, content, summary }): Entry => {
    const html = content ?? summary ?? "";
    return defined({ id, title: title.trim(), link, at: updated ?? published, publishedAt: published, html });
  });

const RssItem = z
  .object({
    guid: optional(words),
    "@rdf:about": optional(z.string()),
    link: optional(words),
    title: words,
    pubDate: date.optional(),
    "dc:date": date.optional(),
    "a10:updated": date.optional(),
    "atom:updated": date.optional(),
    "content:encoded": optional(words),
    description: optional(words),
  })
  .transform((item): Entry =>
    defined({
      id: item.guid || item["@rdf:about"] || item.link || "",
      title: item.title.trim(),
      link: item.link || undefined,
      at: item["a10:updated"] ?? item["atom:updated"] ?? item.pubDate ?? item["dc:date"],
      html: item["content:encoded"] || item.description || "",
    }),
  )
  .refine(({ id }) => id !== "", "nothing identifies the item");

const Channel = z.object({ title: optional(words), link: optional(words), generator: optional(words) });

// One entry alone is no array, and an element without content is "".
function entries<Output>(entry: z.ZodType<Output>) {
  return z.preprocess((said: unknown) => {
    if (said === "" || said === undefined) return [];
    return Array.isArray(said) ? (said as unknown[]) : [said];
  }, list(entry));
}

const Atom = z
  .object({
    feed: z.object({
      title: optional(words),
      link: optional(atomLink),
      generator: optional(words),
      entry: entries(AtomEntry),
    }),
  })
  .transform(({ feed: { entry, ...about } }) => ({ ...about, ...entry }));

const Rss = z.object({ rss: z.object({ channel: Channel.extend({ item: entries(RssItem) }) }) }).transform(
  ({
    rss: {
      channel: { item, ...about },
    },
  }) => ({ ...about, ...item }),
);

// In RSS 1.0 the items stand beside the channel.
const Rdf = z
  .object({ "rdf:RDF": z.object({ channel: Channel, item: entries(RssItem) }) })
  .transform(({ "rdf:RDF": { channel, item } }) => ({ ...channel, ...item }));

/** Any feed that `xml` has read: what it says about itself, its entries newest or oldest first as sent, and whether all could be read. */
export const Feed = z.union([Rss, Atom, Rdf]).refine(isReadable, "nothing in it could be read");
export type Feed = z.infer<typeof Feed>;

/** Entries by what they have in common, each group in the given order. */
export function grouped<Each>(entries: readonly Each[], keyOf: (entry: Each) => string): Map<string, Each[]> {
  const groups = new Map<string, Each[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return groups;
}

// Atom may carry markup as elements (type="xhtml"): their text, in which what stood beside an element comes after it.
function textIn(element: unknown, depth = 0): string {
  if (typeof element === "string") return element;
  if (typeof element !== "object" || element === null || depth > deepest) return "";
  return Object.entries(element)
    .filter(([name]) => !name.startsWith("@"))
    .map(([, inner]) => textIn(inner, depth + 1))
    .join(" ")
    .trim();
}
