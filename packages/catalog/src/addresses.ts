import { matches } from "@statuswire/status";
import { services } from "./book.ts";
import type { Service } from "./schema.ts";

interface Place {
  path: string;
  service: Service;
}

let places: ReadonlyMap<string, readonly Place[]> | undefined;
let owners: ReadonlyMap<string, readonly Service[]> | undefined;

/** The service whose status page that URL is, or is a part of. */
export function serviceAt(url: string): Service | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, pathname } = new URL(url);
  places ??= grouped(services().flatMap(placesOf));
  const here = places.get(bare(host)) ?? [];
  // The longest path that fits: several pages may share a host.
  return here
    .filter(({ path }) => `${pathname}/`.startsWith(`${path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0]?.service;
}

/**
 * The services that own a domain: `stripe.com`, a host below one (`api.stripe.com`), or a glob of them (`*.stripe.com`,
 * which means stripe.com too). The closest owner comes first, then the most mentioned.
 */
export function servicesOn(domain: string): Service[] {
  const wanted = bare(domain.toLowerCase());
  if (wanted.includes("*")) return matching(wanted);
  owners ??= grouped(services().flatMap(domainsOf));
  const parents = wanted.split(".").map((_label, index, labels) => labels.slice(index).join("."));
  return [...new Set(parents.flatMap((parent) => owners?.get(parent) ?? []))];
}

function matching(glob: string): Service[] {
  // `*.stripe.com` is stripe.com, too.
  const globs = glob.startsWith("*.") ? [glob, glob.slice("*.".length)] : [glob];
  return services().filter(({ domains }) => globs.some((one) => matches(one, domains)));
}

function placesOf(service: Service): [string, Place][] {
  return [service.page, ...service.otherPages].map((page) => {
    // The data's own addresses are in one form, so that none of thousands need be parsed.
    const [, host = "", path = ""] = /^https?:\/\/([^/?#]+)([^?#]*)/.exec(page) ?? [];
    return [bare(host), { path, service }];
  });
}

function domainsOf(service: Service): [string, Service][] {
  return service.domains.map((domain) => [bare(domain), service]);
}

function grouped<Value>(entries: readonly (readonly [string, Value])[]): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

function bare(host: string): string {
  return host.replace(/^www\./, "");
}
