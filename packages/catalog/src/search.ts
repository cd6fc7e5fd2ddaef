import { serviceAt, servicesOn } from "./addresses.ts";
import { services } from "./book.ts";
import { fold } from "./fold.ts";
import { serviceLike, serviceNamed } from "./names.ts";
import type { Service } from "./schema.ts";

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
  return services()
    .map((service) => ({ service, rank: rankOf(service, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ service }) => service);
}

function rankOf({ id, name, aliases, domains }: Service, wanted: string): number {
  const names = [id, name, ...aliases].map(fold);
  if (names.some((text) => text.startsWith(wanted))) return 1;
  if (names.some((text) => text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted)))) return 2;
  if (wanted.split(" ").every((word) => names.some((text) => text.includes(word)))) return 3;
  return domains.some((domain) => domain.includes(wanted)) ? 4 : Infinity;
}

function hostIn(text: string): string {
  return URL.canParse(text) ? new URL(text).hostname : text;
}
