import { readFileSync } from "node:fs";
import { Catalog, type Service } from "./service.ts";

let read: readonly Service[] | undefined;

/** Every service that is known, the most mentioned first. Read from the package's own data at the first call. */
export function services(): readonly Service[] {
  read ??= Catalog.parse(
    JSON.parse(readFileSync(new URL("../data/catalog.json", import.meta.url), "utf8")),
  ).toSorted((a, b) => b.mentions - a.mentions);
  return read;
}
