import { isIP } from "node:net";
import { formatNamed } from "@statuswire/adapters";
import { searchServices, serviceAt, serviceNamed, type Service } from "@statuswire/catalog";
import { usualInterval, type AllowPrivate, type Provider } from "./config.ts";
import { isUrl, type DescribedProvider, type ProviderEntry } from "./file.ts";
import { longest, secondsOf, shortestForPublic } from "./interval.ts";
import { isAllowed, isPrivate } from "./private-hosts.ts";
import { proofOf } from "./proof.ts";
import type { Issue } from "./problems.ts";
import type { Selection, Selections } from "@statuswire/status";

/** An entry of `providers` with what the catalog knows filled in, or what is wrong with it. Paths begin at the entry. */
export function resolveProvider(
  entry: ProviderEntry,
  allowPrivate: AllowPrivate,
): { provider: Provider; issues: Issue[] } | { issues: Issue[] } {
  const described = describe(entry);
  const service = serviceOf(described);
  const page = pageOf(described, service);
  if (page === undefined) return { issues: [unknownService(described)] };

  const known = typeof entry === "string" || described.id === undefined ? service?.id : undefined;
  const id = known ?? idOf(described, page);
  const spoken = formatOf(described, service);
  const verify = proofOf(described.verify);
  const provider: Provider = {
    id,
    name: described.name ?? service?.name ?? id,
    page,
    ...spoken,
    everySeconds: described.every === undefined ? usualInterval(spoken.format) : secondsOf(described.every),
    ...(verify && { verify }),
    selections: selectionsOf(described),
    tags: described.tags ?? [],
  };
  return { provider, issues: [...intervalIssues(provider), ...reachIssues(provider, allowPrivate)] };
}

/** The id that the entry's provider has, if the entry is good enough to tell. */
export function providerId(entry: ProviderEntry): string | undefined {
  const resolved = resolveProvider(entry, true);
  return "provider" in resolved ? resolved.provider.id : undefined;
}

function describe(entry: ProviderEntry): DescribedProvider {
  if (typeof entry !== "string") return entry;
  return isUrl(entry) ? { page: entry } : { id: entry };
}

// Whoever gives a page means that page: a service of the same id elsewhere is another one.
function serviceOf({ id, page }: DescribedProvider): Service | undefined {
  if (page !== undefined) return serviceAt(page);
  return id === undefined ? undefined : serviceNamed(id);
}

function unknownService({ id }: DescribedProvider): Issue {
  if (id === undefined) return { path: [], message: "A provider needs a known service's id, or a page." };
  const message = `No known service is called "${id}". Write { id: ${id}, page: https://… } to watch it anyway.`;
  return { path: ["id"], message, nearest: searchServices(id, 1)[0]?.id };
}

// A page that is known is watched as it is known; who says how it talks is taken by the word.
function pageOf({ page, format, json }: DescribedProvider, service: Service | undefined): string | undefined {
  const known = service?.ask ?? service?.page;
  return format === undefined && json === undefined ? (known ?? page) : (page ?? known);
}

// `https://status.acme.dev` → `acme`
function idOf({ id }: DescribedProvider, page: string): string {
  if (id !== undefined) return id.toLowerCase();
  const { hostname } = new URL(page);
  const named = isIP(hostname) === 0 && hostname.split(".").find((label) => !["status", "www"].includes(label));
  return (named || hostname).replace(/[^a-z0-9._-]/g, "");
}

function formatOf(
  { format, json }: DescribedProvider,
  service: Service | undefined,
): Pick<Provider, "format" | "guessed" | "json"> {
  if (json !== undefined) return { format: "json", guessed: false, json };
  if (format !== undefined) return { format, guessed: false };
  if (service?.format !== undefined && formatNamed(service.format))
    return { format: service.format, guessed: false };
  return { format: "statuspage", guessed: true };
}

function selectionsOf({ components, groups, regions }: DescribedProvider): Selections {
  return {
    ...(components && { components: selectionOf(components) }),
    ...(groups && { groups: selectionOf(groups) }),
    ...(regions && { regions: selectionOf(regions) }),
  };
}

function selectionOf(written: NonNullable<DescribedProvider["components"]>): Selection {
  if (Array.isArray(written)) return { include: written, exclude: [] };
  return { include: written.include ?? [], exclude: written.exclude ?? [] };
}

function intervalIssues({ page, everySeconds }: Provider): Issue[] {
  const shortest = isPrivate(page) ? 1 : shortestForPublic;
  if (everySeconds >= shortest && everySeconds <= longest) return [];
  return [
    { path: ["every"], message: `This page can be polled every ${shortest} s at most, and once a day at least.` },
  ];
}

function reachIssues({ page }: Provider, allowPrivate: AllowPrivate): Issue[] {
  if (!isPrivate(page) || isAllowed(allowPrivate, page)) return [];
  const { hostname } = new URL(page);
  const message = `${hostname} is not on the public Internet. Add it to outbound.allowPrivate to let it be asked.`;
  return [{ path: ["page"], message }];
}
