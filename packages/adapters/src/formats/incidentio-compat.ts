import type { Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Told } from "../format.ts";
import { coverage, defined, isReadable, optional, section, silent } from "../payload.ts";
import { affairUrl } from "./incidentio-parts.ts";
import {
  AffairPart,
  affairs,
  ComponentPart,
  components,
  maintenance,
  PagePart,
  StatusPart,
} from "./statuspage-parts.ts";

// Every component bears the time at which the page was published, which says nothing about itself.
const CompatComponent = ComponentPart.transform(({ updated_at: _published, ...part }) => part);

/**
 * The API that mimics Statuspage's. It lists 25 components at most, in an order of its own, so what it omits is as it
 * was; and it leaves out `incidents`, or gives null, while there are none.
 */
export const Compat = z
  .object({
    page: PagePart,
    status: optional(StatusPart),
    components: section(CompatComponent),
    incidents: section(AffairPart),
    scheduled_maintenances: section(AffairPart),
  })
  .refine(
    ({ status, components, incidents }) => status !== undefined || isReadable(components) || isReadable(incidents),
    "nothing that a status page says",
  )
  .transform(({ page, status, scheduled_maintenances, ...said }) => ({ at }: Told): Snapshot => {
    const isSummary = status !== undefined && said.components !== undefined;
    const incidents = said.incidents ?? { entries: [], whole: true };
    const told = affairs(incidents.entries, at);
    const maintenances = [
      ...(scheduled_maintenances?.entries ?? []).map((part) => maintenance(part, at)),
      ...told.maintenances,
    ];
    return {
      page: { ...page, ...status },
      coverage: {
        components: "partial",
        incidents: isSummary ? coverage(incidents) : "partial",
        maintenances: isSummary ? coverage(scheduled_maintenances) : "partial",
      },
      components: components(said.components?.entries ?? []),
      incidents: told.incidents.map((incident) => ({ ...incident, ...urlOn(page.url, incident) })),
      maintenances: maintenances.map((maintenance) => ({ ...maintenance, ...urlOn(page.url, maintenance) })),
    };
  });

/** One incident, as the list of incidents holds it. */
export const CompatIncident = AffairPart.transform((part) => ({ at }: Told): Snapshot => ({
  page: {},
  ...silent,
  ...affairs([part], at),
}));

function urlOn(page: string | undefined, { id, url }: { id: string; url?: string | undefined }): { url?: string } {
  return defined({ url: url ?? affairUrl(page, id) });
}
