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

/** The common fields of an affair, as the API shows them. */
export function affairOf({ id: provider, name: providerName }: Watched, affair: KnownIncident | KnownMaintenance) {
  const { id, title, impact, rawStatus, updatedAt, url, components, updates } = affair;
  return {
    ...{ id: scopedId(provider, id), provider, providerName, title, impact, updatedAt, components },
    ...(rawStatus === undefined ? {} : { rawStatus }),
    ...(url === undefined ? {} : { url }),
    updates: updates.map(({ body, ...update }) => ({ ...update, text: readable(body) })),
  };
}
