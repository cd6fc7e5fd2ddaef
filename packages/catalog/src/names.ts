import { services } from "./book.ts";
import { fold } from "./fold.ts";
import { nearestFolded } from "./nearest.ts";
import type { Service } from "./schema.ts";

let index: ReadonlyMap<string, Service> | undefined;

/** The service with that id, name or alias. Case and accents don't matter. */
export function serviceNamed(name: string): Service | undefined {
  return byName().get(fold(name));
}

/** The service whose id, name or alias a typo most likely meant. */
export function serviceLike(typo: string): Service | undefined {
  return nearestFolded(fold(typo), byName());
}

// An id outranks a name, and a name an alias.
function byName(): ReadonlyMap<string, Service> {
  index ??= firstOfEach([
    ...services().map((service) => [service.id, service] as const),
    ...services().map((service) => [service.name, service] as const),
    ...services().flatMap((service) => service.aliases.map((alias) => [alias, service] as const)),
  ]);
  return index;
}

function firstOfEach(entries: readonly (readonly [string, Service])[]): ReadonlyMap<string, Service> {
  return new Map(entries.toReversed().map(([name, service]) => [fold(name), service]));
}
