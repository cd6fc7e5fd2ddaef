import { fold } from "@statuswire/status";
import { serviceAt, servicesOn } from "./addresses.ts";
import { services } from "./book.ts";
import { serviceLike, serviceNamed } from "./names.ts";
import type { Service } from "./schema.ts";

/** A service with what it is searched by, folded, each on a line of its own. */
interface Entry {
  service: Service;
  names: string;
  words: string;
}

let entries: readonly Entry[] | undefined;

/** The one service that the text plainly means: an id, a name, an alias, a status page's URL, or a domain. */
export function findService(text: string): Service | undefined {
  return serviceNamed(text) ?? serviceAt(text) ?? servicesOn(hostIn(text))[0];
}

/** Services that fit the text, best first: exact, then by domain, then by how the name fits; a typo finds the nearest. */
export function searchServices(text: string, limit: number = 10): Service[] {
  const wanted = fold(text);
  if (wanted === "") return [];
  const exact = [serviceNamed(wanted), serviceAt(text), ...servicesOn(hostIn(wanted))].filter(
    (found) => found !== undefined,
  );
  const found = [...new Set([...exact, ...fitting(wanted)])];
  if (found.length > 0) return found.slice(0, limit);
  const like = serviceLike(wanted);
  return like ? [like] : [];
}

function fitting(wanted: string): Service[] {
  entries ??= services().map(entryOf);
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry.service);
}

function entryOf(service: Service): Entry {
  const names = [service.id, service.name, ...service.aliases].map(fold);
  const words = names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u));
  return { service, names: lines(names), words: lines(words) };
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `\n${text}`).join("");
}

function rankOf({ service, names, words }: Entry, wanted: string): number {
  if (names.includes(`\n${wanted}`)) return 1;
  if (words.includes(`\n${wanted}`)) return 2;
  if (wanted.split(" ").every((word) => names.includes(word))) return 3;
  return service.domains.some((domain) => domain.includes(wanted)) ? 4 : Infinity;
}

function hostIn(text: string): string {
  return URL.canParse(text) ? new URL(text).hostname : text;
}
