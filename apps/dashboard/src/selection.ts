import { type Event, EventType } from "@statuswire/status";
import { z } from "zod";
import { scopedId } from "./views/affair.ts";

const Wanted = z.enum([...EventType.options, "incident", "maintenance", "component", "page", "source"]);

/** Which events are wanted: every filter that is given must agree. The query parameters of the log, the stream and the feeds. */
export const selectionFields = {
  provider: words(z.string()).describe("Ids of providers, separated by commas.").optional(),
  type: words(Wanted)
    .describe("Types or their first words (`incident.opened`, `maintenance`), separated by commas.")
    .optional(),
  incident: z
    .string()
    .max(2000)
    .describe("The id of an incident or a maintenance, as this API gives it.")
    .optional(),
  q: z.string().max(200).describe("Words that product, status or title contain, in any case.").optional(),
};

export const Selection = z.object(selectionFields);
export type Selection = z.infer<typeof Selection>;

/** Words of one kind, separated by commas. */
export function words<Word>(word: z.ZodType<Word, string>) {
  return z
    .string()
    .max(2000)
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(word));
}

/** A test for events. */
export function selects({ provider, type, incident, q }: Selection): (event: Event) => boolean {
  const providers = provider && new Set(provider.map((id) => id.toLowerCase()));
  const types = type && new Set<string>(type);
  const sought = q?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
  return (event) =>
    (!providers || providers.has(event.provider)) &&
    (!types || types.has(event.type) || types.has(event.type.split(".")[0] ?? "")) &&
    (incident === undefined || isAbout(event, incident)) &&
    says(event, sought);
}

function isAbout({ provider, incident, maintenance }: Event, id: string): boolean {
  const about = incident ?? maintenance;
  return about !== undefined && scopedId(provider, about.id) === id;
}

function says({ provider, product, status, incident, maintenance }: Event, sought: readonly string[]): boolean {
  if (!sought.length) return true;
  const text = [provider, product, status, incident?.title ?? maintenance?.title ?? ""].join("\n").toLowerCase();
  return sought.every((word) => text.includes(word));
}
