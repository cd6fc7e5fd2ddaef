import type { Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  has,
  history,
  id,
  list,
  type Listed,
  optional,
  parsePayload,
  raw,
  silent,
  text,
  time,
  word,
} from "../payload.ts";

const componentStatus = word({
  Operational: "operational",
  "Under Maintenance": "under_maintenance",
  "Degraded Performance": "degraded_performance",
  "Partial Outage": "partial_outage",
  "Major Outage": "major_outage",
});
const incidentStatus = word({
  Investigating: "investigating",
  Identified: "identified",
  Monitoring: "monitoring",
  Resolved: "resolved",
});
const maintenanceStatus = word({
  Scheduled: "scheduled",
  "In Progress": "in_progress",
  Verifying: "verifying",
  Completed: "completed",
});

const ComponentPart = z.object({ componentID: id, name: z.string().trim(), status: z.string() });

const UpdatePart = z
  .object({ incidentUpdateID: id, incidentStatus: z.string(), message: optional(text), createdAt: time })
  .transform(({ incidentUpdateID, incidentStatus: theirs, message = "", createdAt: at }): Update => {
    const ours = incidentStatus(theirs);
    return { id: incidentUpdateID, status: ours === "unknown" ? theirs : ours, body: message, at };
  });

const IncidentPart = z.object({
  incidentID: id,
  name: z.string().trim(),
  status: z.string(),
  createdAt: optional(time),
  updatedAt: optional(time),
  incidentUpdates: list(UpdatePart),
});

const MaintenancePart = z.object({
  maintenanceID: id,
  name: z.string().trim(),
  status: z.string(),
  startAt: optional(time),
  endAt: optional(time),
  updatedAt: optional(time),
});

const One = IncidentPart.transform((part): Snapshot => ({ ...silent, page: {}, incidents: [incident(part)] }));

// Every endpoint answers with a bare array; an empty one could be any of them, so it speaks of nothing.
const Lists = z.array(z.unknown()).transform((entries): Snapshot => {
  const read = <Output>(key: string, part: z.ZodType<Output>): Listed<Output> =>
    entries.some((entry) => has(entry, key)) ? list(part).parse(entries) : { entries: [], whole: false };
  const components = read("componentID", ComponentPart);
  const maintenances = read("maintenanceID", MaintenancePart);
  return {
    page: {},
    coverage: { ...silent.coverage, components: coverage(components), maintenances: coverage(maintenances) },
    components: components.entries.map(component),
    incidents: read("incidentID", IncidentPart).entries.map(incident),
    maintenances: maintenances.entries.map(maintenance),
  };
});

/** LambStatus. https://lambstatus.github.io/apidocs, ks888/LambStatus. */
export const lambstatus: Format = {
  ways: [["/api/components", "/api/incidents", "/api/maintenances"]],
  adapt: (payload) => parsePayload(has(payload, "incidentID") ? One : Lists, payload),
  incidentUrl: (page, id) => new URL(`/api/incidents/${encodeURIComponent(id)}`, page),
};

function component({ componentID: id, name, status: theirs }: z.infer<typeof ComponentPart>): Component {
  const status = componentStatus(theirs);
  return { id, name, status, ...raw(status, theirs) };
}

function incident({
  incidentID: id,
  name: title,
  status: theirs,
  ...part
}: z.infer<typeof IncidentPart>): Incident {
  const status = incidentStatus(theirs);
  const updates = history(part.incidentUpdates.entries);
  const closing = status === "resolved" ? updates.findLast((update) => update.status === "resolved") : undefined;
  return {
    id,
    title,
    status,
    ...raw(status, theirs),
    impact: "unknown",
    components: [],
    updates,
    ...defined({ startedAt: part.createdAt, resolvedAt: closing?.at, updatedAt: part.updatedAt }),
  };
}

function maintenance({
  maintenanceID: id,
  name: title,
  status: theirs,
  ...part
}: z.infer<typeof MaintenancePart>): Maintenance {
  const status = maintenanceStatus(theirs);
  return {
    id,
    title,
    status,
    ...raw(status, theirs),
    impact: "maintenance",
    components: [],
    updates: [],
    ...defined({ scheduledFor: part.startAt, scheduledUntil: part.endAt, updatedAt: part.updatedAt }),
  };
}
