import {
  AffectedComponent,
  Impact,
  type KnownIncident,
  type KnownMaintenance,
  readable,
  Time,
} from "@statuswire/status";
import { z } from "zod";
import type { Watched } from "../board.ts";

/** What the vendor wrote, as one line of plain text. */
const UpdateView = z.object({ id: z.string(), status: z.string(), text: z.string(), at: Time });

/** What an incident and a maintenance have in common. */
export const affairFields = {
  id: z.string().describe("The provider's id, a colon, the vendor's id."),
  provider: z.string(),
  providerName: z.string(),
  isWatched: z
    .boolean()
    .describe("Whether the provider is in the configuration. If not, this is how it was last known."),
  title: z.string(),
  impact: Impact,
  rawStatus: z.string().optional().describe("The vendor's own word, where it is not the field's."),
  updatedAt: Time,
  url: z.string().optional().describe("Where the vendor tells of it."),
  components: z.array(AffectedComponent),
  updates: z.array(UpdateView).describe("Newest last."),
};

/** The id by which one vendor's thing is told from another's. */
export function scopedId(provider: string, id: string): string {
  return `${provider}:${id}`;
}

const namesInTitle = 2;

// Apple's messages have no title, only a type such as "Outage".
function titleOf({ format, known }: Watched, { title, components }: KnownIncident | KnownMaintenance): string {
  const names = components.map(({ name }) => name);
  const isNamed = names.some((name) => title.includes(name));
  if ((known.page.format ?? format) !== "apple" || !names.length || isNamed) return title;
  const more = names.length > namesInTitle ? ` and ${names.length - namesInTitle} more` : "";
  return `${names.slice(0, namesInTitle).join(", ")}${more}: ${title}`;
}

/** The common fields of an affair, as the API shows them. */
export function affairOf(watched: Watched, affair: KnownIncident | KnownMaintenance) {
  const { id: provider, name: providerName, isWatched } = watched;
  const title = titleOf(watched, affair);
  const { id, impact, rawStatus, updatedAt, url, components, updates } = affair;
  return {
    ...{ id: scopedId(provider, id), provider, providerName, isWatched, title, impact, updatedAt, components },
    ...(rawStatus === undefined ? {} : { rawStatus }),
    ...(url === undefined ? {} : { url }),
    updates: updates.map(({ body, ...update }) => ({ ...update, text: readable(body) })),
  };
}
