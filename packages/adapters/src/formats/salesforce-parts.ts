import type { Component, Impact, Incident, IncidentStatus, Maintenance, Update } from "@statuswire/status";
import { inWords } from "@statuswire/status";
import { z } from "zod";
import { type Listed, defined, history, id, list, optional, raw, text, time, word } from "../payload.ts";

const componentStatus = word({
  OK: "operational",
  MAINTENANCE_NONCORE: "under_maintenance",
  MAINTENANCE_CORE: "under_maintenance",
  MINOR_INCIDENT_NONCORE: "degraded_performance",
  MINOR_INCIDENT_CORE: "degraded_performance",
  MAJOR_INCIDENT_NONCORE: "partial_outage",
  MAJOR_INCIDENT_CORE: "major_outage",
});
// The types of events are keys for /localizations; these say a state.
const incidentStatus = word({
  investigating: "investigating",
  investigatingCauseOfIssue: "investigating",
  herokuIncidentInvestigating: "investigating",
  monitoring: "monitoring",
  herokuIncidentMonitoring: "monitoring",
  resolved: "resolved",
});
const maintenanceStatus = word({
  scheduled: "scheduled",
  confirmed: "scheduled",
  inProgress: "in_progress",
  completed: "completed",
  resolved: "completed",
  canceled: "cancelled",
  cancelled: "cancelled",
});
const impact = word({ minor: "minor", major: "major", critical: "critical" });
const severities: readonly Impact[] = ["minor", "major", "critical"];

const EventPart = z
  .object({ id, type: z.string(), message: text, createdAt: time })
  .transform(({ id, type, message = "", createdAt: at }) => ({ id, type, body: message, at }));
type EventPart = z.infer<typeof EventPart>;

const ImpactPart = z.object({
  startTime: optional(time),
  endTime: optional(time.nullable()),
  severity: optional(z.string()),
  type: optional(z.string()),
});
type ImpactPart = z.infer<typeof ImpactPart>;

const AffairPart = z.object({
  id,
  instanceKeys: optional(list(z.string())),
  serviceKeys: optional(list(z.string())),
  updatedAt: optional(time),
});

export const IncidentPart = AffairPart.extend({
  IncidentImpacts: list(ImpactPart),
  IncidentEvents: list(EventPart),
});
type IncidentPart = z.infer<typeof IncidentPart>;

export const MaintenancePart = AffairPart.extend({
  name: optional(text),
  message: optional(z.object({ eventStatus: optional(text) })),
  plannedStartTime: optional(time),
  plannedEndTime: optional(time),
  MaintenanceImpacts: list(ImpactPart),
  MaintenanceEvents: list(EventPart),
});

export const InstancePart = z.object({
  key: id,
  status: z.string(),
  location: optional(text),
  isActive: optional(z.boolean()),
  Incidents: optional(list(IncidentPart)),
  Maintenances: optional(list(MaintenancePart)),
});
export type InstancePart = z.infer<typeof InstancePart>;

function affair(part: z.infer<typeof AffairPart>) {
  const keys = part.instanceKeys?.entries.length ? part.instanceKeys : part.serviceKeys;
  return {
    id: part.id,
    components: (keys?.entries ?? []).map((key) => ({ id: key, name: key })),
    ...defined({ updatedAt: part.updatedAt }),
  };
}

/** `featurePerfDegradation` → `Feature Perf Degradation`: incidents have no title, only what they do. */
function titleOf({ entries }: Listed<ImpactPart>): string {
  const telling = entries.find(({ endTime }) => !endTime) ?? entries[0];
  return inWords((telling?.type ?? "").replace(/([a-z])([A-Z])/g, "$1_$2"));
}

function worst(impacts: Listed<ImpactPart>): Impact {
  const said = new Set<Impact>(impacts.entries.map(({ severity = "" }) => impact(severity)));
  return severities.findLast((severity) => said.has(severity)) ?? "unknown";
}

/** What events say, sent newest first; a type that says no state is kept as it is. */
function updatesOf(events: Listed<EventPart>): Update[] {
  return history(
    events.entries.toReversed().map(({ type, ...event }) => {
      const status = incidentStatus(type);
      return { ...event, status: status === "unknown" ? type : status };
    }),
  );
}

// It is open while one of its impacts has no end, whatever else is said.
function statusOf({ entries: impacts, whole }: Listed<ImpactPart>, updates: readonly Update[]): IncidentStatus {
  const isOpen = !whole || impacts.some(({ endTime }) => !endTime);
  if (impacts.length > 0 && !isOpen) return "resolved";
  const states = updates.map(({ status }) => incidentStatus(status));
  return states.findLast((state) => state !== "unknown" && !(isOpen && state === "resolved")) ?? "investigating";
}

export function incident(part: IncidentPart): Incident {
  const impacts = part.IncidentImpacts;
  const updates = updatesOf(part.IncidentEvents);
  const status = statusOf(impacts, updates);
  const startedAt = impacts.entries.flatMap(({ startTime }) => startTime ?? []).toSorted()[0];
  const endedAt = impacts.entries
    .flatMap(({ endTime }) => endTime ?? [])
    .toSorted()
    .at(-1);
  return {
    ...affair(part),
    title: titleOf(impacts),
    status,
    impact: worst(impacts),
    updates,
    ...defined({ startedAt, resolvedAt: status === "resolved" ? endedAt : undefined }),
  };
}

export function maintenance(part: z.infer<typeof MaintenancePart>): Maintenance {
  const theirs = part.message?.eventStatus ?? "";
  const status = maintenanceStatus(theirs);
  const updates = history(
    part.MaintenanceEvents.entries.toReversed().map(({ type: status, ...event }) => ({ ...event, status })),
  );
  return {
    ...affair(part),
    title: part.name ?? titleOf(part.MaintenanceImpacts),
    status,
    ...raw(status, theirs),
    impact: "maintenance",
    updates,
    ...defined({ scheduledFor: part.plannedStartTime, scheduledUntil: part.plannedEndTime }),
  };
}

export function component({ key, status: theirs, location }: InstancePart): Component {
  const status = componentStatus(theirs);
  return { id: key, name: key, status, ...raw(status, theirs), ...defined({ group: location }) };
}
