import type { Incident, Maintenance, Snapshot } from "@statuswire/status";
import { z } from "zod";
import { defined, history, id, isReadable, list, optional, raw, section, silent, text, time } from "../payload.ts";
import { componentStatus, incidentStatus, maintenanceStatus, worstImpact } from "./incidentio-parts.ts";
import { Structure } from "./incidentio-structure.ts";

const UpdatePart = z.object({ id, message: optional(text), published_at: time });

const IncidentPart = z.object({
  id,
  name: z.string().trim(),
  incident_status: z.string(),
  published_at: optional(time),
  component_impacts: section(z.object({ component_id: id, component_status: z.string(), end_at: optional(time) })),
  updates: list(
    UpdatePart.extend({ incident_status: z.string() }).transform(({ incident_status, ...update }) => ({
      ...update,
      status: incident_status,
    })),
  ),
});

const MaintenancePart = z.object({
  id,
  name: z.string().trim(),
  maintenance_status: z.string(),
  component_maintenance_periods: list(
    z.object({ component_id: id, start_at: optional(time), end_at: optional(time) }),
  ),
  updates: list(
    UpdatePart.extend({ maintenance_status: z.string() }).transform(({ maintenance_status, ...update }) => ({
      ...update,
      status: maintenanceStatus(maintenance_status),
    })),
  ),
});

/** The authenticated API's pages of incidents and maintenances, which name components by id only. */
export const ApiPage = z
  .object({ status_page_incidents: section(IncidentPart), status_page_maintenances: section(MaintenancePart) })
  .refine((said) => isReadable(said.status_page_incidents) || isReadable(said.status_page_maintenances))
  .transform(({ status_page_incidents, status_page_maintenances }): Snapshot => ({
    page: {},
    ...silent,
    incidents: (status_page_incidents?.entries ?? []).map(incident),
    maintenances: (status_page_maintenances?.entries ?? []).map(maintenance),
  }));

/** The authenticated API's structure: which components there are, not how they are. */
export const ApiStructure = z
  .object({ current_structure: Structure })
  .transform(({ current_structure }): Snapshot => ({
    page: {},
    ...silent,
    components: current_structure.map((place) => ({ ...place, status: "unknown" })),
  }));

function incident({
  id,
  name,
  incident_status,
  published_at,
  component_impacts,
  updates,
}: z.infer<typeof IncidentPart>) {
  const status = incidentStatus(incident_status);
  const impacts = component_impacts?.entries ?? [];
  const said = updatesOf(updates.entries);
  const resolvedAt =
    status === "resolved" ? said.findLast((update) => update.status === "resolved")?.at : undefined;
  return {
    id,
    title: name,
    status,
    ...raw(status, incident_status),
    impact: component_impacts?.whole ? worstImpact(impacts.map((impact) => impact.component_status)) : "unknown",
    components: impacts.map(({ component_id, component_status, end_at }) => ({
      id: component_id,
      name: component_id,
      ...(end_at === undefined ? { status: componentStatus(component_status) } : {}),
    })),
    updates: said,
    ...defined({ startedAt: published_at, resolvedAt, updatedAt: said.at(-1)?.at }),
  } satisfies Incident;
}

function maintenance({ id, name, maintenance_status, ...part }: z.infer<typeof MaintenancePart>) {
  const status = maintenanceStatus(maintenance_status);
  const periods = part.component_maintenance_periods.entries;
  const updates = updatesOf(part.updates.entries);
  const scheduledFor = periods.flatMap(({ start_at }) => start_at ?? []).sort()[0];
  const scheduledUntil = periods
    .flatMap(({ end_at }) => end_at ?? [])
    .sort()
    .at(-1);
  return {
    id,
    title: name,
    status,
    ...raw(status, maintenance_status),
    impact: "maintenance",
    components: periods.map(({ component_id }) => ({ id: component_id, name: component_id })),
    updates,
    ...defined({ scheduledFor, scheduledUntil, updatedAt: updates.at(-1)?.at }),
  } satisfies Maintenance;
}

function updatesOf(parts: readonly (z.infer<typeof UpdatePart> & { status: string })[]) {
  return history(
    parts.map(({ id, status, message, published_at }) => ({ id, status, body: message ?? "", at: published_at })),
  );
}
