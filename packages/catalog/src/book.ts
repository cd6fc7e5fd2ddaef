import { readFileSync } from "node:fs";
import type { Catalog, Service } from "./schema.ts";

let read: readonly Service[] | undefined;

/** Every service that is known, the most mentioned first. Read from the package's own data at the first call. */
export function services(): readonly Service[] {
  read ??= load().toSorted((a, b) => b.mentions - a.mentions);
  return read;
}

function load(): Service[] {
  const text = readFileSync(new URL("../data/catalog.json", import.meta.url), "utf8");
  // Our own data: a test holds it to the schema, which would take longer here than all the rest.
  return (JSON.parse(text) as Catalog).map(completed);
}

// In place: copies would double the memory.
function completed(written: Catalog[number]): Service {
  const { aliases = [], domains = [], otherPages = [] } = written;
  return Object.assign(written, { aliases, domains, otherPages });
}
