import {
  type Known,
  KnownComponent,
  KnownIncident,
  KnownMaintenance,
  KnownPage,
  NewerVersionError,
  nothing,
} from "@statuswire/status";
import type { z } from "zod";

/** The fields of a provider's hash, by name. */
export type Hash = Readonly<Record<string, string>>;

/** What turns one hash into the next. */
export interface Difference {
  set: Record<string, string>;
  remove: string[];
}

const sections = ["components", "incidents", "maintenances"] as const;

/** The version that a hash is written in: its field `v`, and without one the first. */
const newest = 1;

/** What is known, as it is written: of two readings of one state most is the same, and is not read again. */
const written = new WeakMap<object, string>();

/**
 * A provider's hash as what is known, with its version; an empty hash is nothing known, at version 0. What has not changed since
 * `before` is the same object as there. Throws NewerVersionError
 * for one in a newer version: what we would write over it would lose what we can't read.
 */
export function decode(hash: Hash, before: Known = nothing): { version: string; known: Known } {
  if (Number(hash["v"] ?? newest) > newest) throw new NewerVersionError("What is known of the provider");
  const page = hash["page"];
  return {
    version: hash["version"] ?? "0",
    known: {
      page: page ? KnownPage.parse(JSON.parse(page)) : nothing.page,
      components: section(hash, "components", { schema: KnownComponent, before: before.components }),
      incidents: section(hash, "incidents", { schema: KnownIncident, before: before.incidents }),
      maintenances: section(hash, "maintenances", { schema: KnownMaintenance, before: before.maintenances }),
    },
  };
}

interface Section<Item> {
  schema: z.ZodType<Item>;
  before: ReadonlyMap<string, Item>;
}

function section<Item extends object>(
  hash: Hash,
  name: (typeof sections)[number],
  { schema, before }: Section<Item>,
): Map<string, Item> {
  const mark = `${name}:`;
  const items = new Map<string, Item>();
  for (const [field, json] of Object.entries(hash)) {
    if (!field.startsWith(mark)) continue;
    const id = field.slice(mark.length);
    const known = before.get(id);
    items.set(id, known && written.get(known) === json ? known : read(schema, json));
  }
  return items;
}

function read<Item extends object>(schema: z.ZodType<Item>, json: string): Item {
  const item = schema.parse(JSON.parse(json));
  written.set(item, json);
  return item;
}

function write(item: object): string {
  const json = JSON.stringify(item);
  written.set(item, json);
  return json;
}

/** What has to be written for the hash to say `next`. What is unchanged is the same object, so looking costs little. */
export function difference(before: Known, next: Known): Difference {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  const page = JSON.stringify(next.page);
  if (before.page !== next.page && page !== JSON.stringify(before.page)) set["page"] = page;
  for (const name of sections) {
    if (before[name] === next[name]) continue;
    for (const [id, item] of next[name]) {
      if (before[name].get(id) !== item) set[`${name}:${id}`] = write(item);
    }
    for (const id of before[name].keys()) if (!next[name].has(id)) remove.push(`${name}:${id}`);
  }
  return { set, remove };
}

/** Whether there is nothing to write. */
export function isEmpty({ set, remove }: Difference): boolean {
  return Object.keys(set).length === 0 && remove.length === 0;
}
