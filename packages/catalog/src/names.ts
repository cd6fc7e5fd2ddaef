import { fold } from "@statuswire/status";
import { services } from "./book.ts";
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

// No two services share a name: a test holds the data to that.
function byName(): ReadonlyMap<string, Service> {
  index ??= new Map(services().flatMap((service) => namesOf(service).map((name) => [fold(name), service])));
  return index;
}

function namesOf({ id, name, aliases }: Service): string[] {
  return [id, name, ...aliases];
}
