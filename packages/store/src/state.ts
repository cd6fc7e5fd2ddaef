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

/**
 * A provider's hash as what is known, with its version; an empty hash is nothing known, at version 0. Throws NewerVersionError
 * for one in a newer version: what we would write over it would lose what we can't read.
 */
export function decode(hash: Hash): { version: string; known: Known } {
  if (Number(hash["v"] ?? newest) > newest) throw new NewerVersionError("What is known of the provider");
  const page = hash["page"];
  return {
    version: hash["version"] ?? "0",
    known: {
      page: page ? KnownPage.parse(JSON.parse(page)) : nothing.page,
      components: section(hash, "components", KnownComponent),
      incidents: section(hash, "incidents", KnownIncident),
      maintenances: section(hash, "maintenances", KnownMaintenance),
    },
  };
}

function section<Item>(hash: Hash, name: (typeof sections)[number], schema: z.ZodType<Item>): Map<string, Item> {
  const mark = `${name}:`;
  return new Map(
    Object.entries(hash)
      .filter(([field]) => field.startsWith(mark))
      .map(([field, json]) => [field.slice(mark.length), schema.parse(JSON.parse(json))]),
  );
}

/** What has to be written for the hash to say `next`. What is unchanged is the same object, so looking costs little. */
export function difference(before: Known, next: Known): Difference {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  const page = JSON.stringify(next.page);
  if (before.page !== next.page && page !== JSON.stringify(before.page)) set["page"] = page;
  for (const name of sections) {
    for (const [id, item] of next[name]) {
      if (before[name].get(id) !== item) set[`${name}:${id}`] = JSON.stringify(item);
    }
    for (const id of before[name].keys()) if (!next[name].has(id)) remove.push(`${name}:${id}`);
  }
  return { set, remove };
}

/** Whether there is nothing to write. */
export function isEmpty({ set, remove }: Difference): boolean {
  return Object.keys(set).length === 0 && remove.length === 0;
}
