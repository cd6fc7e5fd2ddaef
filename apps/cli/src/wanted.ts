import { formatNamed, formats } from "@statuswire/adapters";
import { nearest, searchServices, serviceNamed, type Service } from "@statuswire/catalog";
import type { ProviderEntry } from "@statuswire/config";
import type { Match } from "@statuswire/detection";
import { oneLine } from "@statuswire/status";
import { invocation } from "./invocation.ts";
import { knownAs } from "./known-as.ts";
import { addressIn, lookAt } from "./look-at.ts";
import { mention } from "./terminal.ts";

/** Somebody to watch, as statuswire.yaml will say it. */
export interface Wanted {
  entry: ProviderEntry;
  name: string;
  page: string;
  /** How the page talks, and who says so. */
  how: string;
}

interface Mistake {
  mistake: string;
}

/** Whom a text means: somebody in the catalog, else a page, which is asked how it talks unless `format` says it. */
export async function wanted(text: string, format: string | undefined): Promise<Wanted | Mistake> {
  if (format !== undefined && !formatNamed(format)) return { mistake: noFormat(format) };
  const service = format === undefined ? knownToday(text) : undefined;
  if (service?.defunct !== undefined) return { mistake: `${service.name} is no more: ${service.defunct}.` };
  if (service?.format !== undefined && formatNamed(service.format)) return fromCatalog(service, service.format);
  const page = service ? new URL(service.ask ?? service.page) : addressIn(text);
  if (!page) return { mistake: unknown(text) };
  const id = service && { id: service.id };
  if (format !== undefined) return described({ ...id, page: page.href, format }, page.host, format);
  return asked(page, id);
}

/** The service that a text means, or the one that took its place. */
function knownToday(text: string): Service | undefined {
  const service = knownAs(text);
  const next = service?.movedTo === undefined ? undefined : serviceNamed(service.movedTo);
  if (service && next) mention(`${service.name} is now ${next.name}.`);
  return next ?? service;
}

function fromCatalog({ id, name, ask, page }: Service, format: string): Wanted {
  return { entry: id, name, page: ask ?? page, how: `${format}${unlessAsked(format, id)}` };
}

function unlessAsked(format: string, id: string): string {
  return formatNamed(format)?.ways.length ? "" : `, which only pushes: have it call POST /webhooks/${id}`;
}

async function asked(page: URL, id: { id: string } | undefined): Promise<Wanted | Mistake> {
  mention(`Asking ${page.host} how it talks …`);
  const { best, trouble } = await lookAt(page);
  if (best?.way === undefined || best.sure === "weak") return { mistake: unheard(page, best, trouble) };
  const name = best.name === undefined ? undefined : oneLine(best.name).slice(0, 80);
  const entry = { ...id, ...(name && { name }), page: best.page.href, format: best.format };
  return described(entry, name || page.host, `${best.format} (${best.sure})`);
}

function described(entry: { page: string; format: string }, name: string, how: string): Wanted {
  return { entry, name, page: entry.page, how };
}

function unknown(text: string): string {
  const [like] = searchServices(text, 1);
  const help = like ? `Did you mean "${like.id}"?` : "Give the address of its status page: https://…";
  return `No known service is called "${text}". ${help}`;
}

function unheard({ href }: URL, best: Match | undefined, trouble: string | undefined): string {
  const why =
    trouble ?? (best ? `It looks like ${best.format}, but that is only a guess.` : "Nothing there can be read.");
  return `${href} could not be detected. ${why} See: ${invocation} detect ${href}; or say how it talks with --format.`;
}

function noFormat(format: string): string {
  const meant = nearest(format, Object.keys(formats));
  return `There is no format called "${format}". ${meant === undefined ? `See: ${invocation} formats` : `Did you mean "${meant}"?`}`;
}
