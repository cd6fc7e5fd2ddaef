import type { Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import { coverage, defined, id, identity, list, optional, raw, section, text, time } from "../payload.ts";
import { componentStatus, incidentStatus, maintenanceStatus, worstImpact } from "./incidentio-parts.ts";

const AffectedPart = z
  .object({
    id: optional(id),
    name: z.string().trim(),
    current_status: optional(z.string().transform(componentStatus)),
  })
  .transform(({ current_status, ...part }) => defined({ ...part, status: current_status }));

const AffairPart = z.object({
  id,
  name: z.string().trim(),
  status: z.string(),
  url: optional(text),
  last_update_at: optional(time),
  last_update_message: optional(text),
  current_worst_impact: optional(z.string()),
  affected_components: list(AffectedPart),
  started_at: optional(time),
  scheduled_end_at: optional(time),
  starts_at: optional(time),
  ends_at: optional(time),
});
type AffairPart = z.infer<typeof AffairPart>;

/** The widget's summary: what is going on, each with its last words only, and no component that is well. */
export const Widget = z
  .object({
    page_title: optional(text),
    page_url: optional(text),
    // A clone of this API puts them here.
    page: optional(z.object({ name: optional(text), url: optional(text) })),
    ongoing_incidents: list(AffairPart),
    in_progress_maintenances: section(AffairPart),
    scheduled_maintenances: section(AffairPart),
  })
  .transform(
    ({ page, ongoing_incidents, in_progress_maintenances, scheduled_maintenances, ...said }): Snapshot => {
      const inProgress = coverage(in_progress_maintenances);
      const maintenances = [in_progress_maintenances, scheduled_maintenances].flatMap(
        (listed) => listed?.entries ?? [],
      );
      return {
        page: defined({ name: said.page_title ?? page?.name, url: said.page_url ?? page?.url }),
        coverage: {
          components: "partial",
          incidents: coverage(ongoing_incidents),
          maintenances: inProgress === "full" ? coverage(scheduled_maintenances) : "partial",
        },
        components: [],
        incidents: ongoing_incidents.entries.map(incident),
        maintenances: maintenances.map(maintenance),
      };
    },
  );

function incident(part: AffairPart): Incident {
  const status = incidentStatus(part.status);
  const worst = part.current_worst_impact;
  const impact = worst === undefined ? "unknown" : worstImpact([worst]);
  return { ...affair(part, status), impact, status, ...raw(status, part.status) };
}

function maintenance(part: AffairPart): Maintenance {
  const status = maintenanceStatus(part.status);
  const scheduledFor = part.starts_at ?? part.started_at;
  const scheduledUntil = part.ends_at ?? part.scheduled_end_at;
  return {
    ...affair(part, status),
    impact: "maintenance",
    status,
    ...raw(status, part.status),
    ...defined({ scheduledFor, scheduledUntil }),
  };
}

function affair({ id, name, url, last_update_at, affected_components, ...part }: AffairPart, state: string) {
  const status = state === "unknown" ? part.status : state;
  const updates: Update[] =
    last_update_at === undefined
      ? []
      : [
          {
            id: identity(status, last_update_at),
            status,
            body: part.last_update_message ?? "",
            at: last_update_at,
          },
        ];
  const components = affected_components.entries;
  return { id, title: name, components, updates, ...defined({ updatedAt: last_update_at, url }) };
}
