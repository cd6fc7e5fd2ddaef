import type {
  Component,
  Impact,
  Incident,
  IncidentStatus,
  Maintenance,
  Snapshot,
  Update,
} from "@statuswire/status";
import { inWords } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  type Listed,
  coverage,
  defined,
  has,
  history,
  id,
  isReadable,
  list,
  optional,
  parsePayload,
  raw,
  requiredList,
  silent,
  text,
  time,
  word,
} from "../payload.ts";

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

const IncidentPart = AffairPart.extend({
  IncidentImpacts: list(ImpactPart),
  IncidentEvents: list(EventPart),
});
type IncidentPart = z.infer<typeof IncidentPart>;

const MaintenancePart = AffairPart.extend({
  name: optional(text),
  message: optional(z.object({ eventStatus: optional(text) })),
  plannedStartTime: optional(time),
  plannedEndTime: optional(time),
  MaintenanceImpacts: list(ImpactPart),
  MaintenanceEvents: list(EventPart),
});

const InstancePart = z.object({
  key: id,
  status: z.string(),
  location: optional(text),
  isActive: optional(z.boolean()),
  Incidents: optional(list(IncidentPart)),
});

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

function incident(part: IncidentPart): Incident {
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

function maintenance(part: z.infer<typeof MaintenancePart>): Maintenance {
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

function component({ key, status: theirs, location }: z.infer<typeof InstancePart>): Component {
  const status = componentStatus(theirs);
  return { id: key, name: key, status, ...raw(status, theirs), ...defined({ group: location }) };
}

/** One incident may be listed twice, and under each instance that it affects. */
function once<Affair extends { id: string }>(affairs: readonly Affair[]): Affair[] {
  return [...new Map(affairs.map((affair) => [affair.id, affair])).values()];
}

const Incidents = requiredList(IncidentPart)
  .refine(isReadable, "nothing in it could be read")
  .transform((listed): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, incidents: coverage(listed) },
    incidents: once(listed.entries.map(incident)),
  }));

const Maintenances = requiredList(MaintenancePart)
  .refine(isReadable, "nothing in it could be read")
  .transform((listed): Snapshot => ({
    ...silent,
    page: {},
    maintenances: once(listed.entries.map(maintenance)),
  }));

const Instances = requiredList(InstancePart)
  .refine(isReadable, "nothing in it could be read")
  .transform((listed): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, components: coverage(listed) },
    components: listed.entries.filter(({ isActive }) => isActive !== false).map(component),
    incidents: once(listed.entries.flatMap(({ Incidents }) => (Incidents?.entries ?? []).map(incident))),
  }));

const One = IncidentPart.transform((part): Snapshot => ({ ...silent, page: {}, incidents: [incident(part)] }));

/** Display texts for keys: they say nothing of any state. */
const Localizations = z
  .array(z.object({ modelKey: z.string(), text: z.string() }))
  .transform((): Snapshot => ({ ...silent, page: {} }));

/** Salesforce Trust, Heroku included. https://api.status.salesforce.com/v1/docs and `shared/formats.md` §5.6. */
export const salesforce: Format = {
  ways: [[api("/v1/instances/status/preview"), api("/v1/incidents/active")]],
  adapt: (payload) => parsePayload(shapeOf(payload), payload),
  incidentUrl: (page, id) => api(`/v1/incidents/${encodeURIComponent(id)}`)(page),
};

function api(path: string): (page: URL) => URL {
  return (page) =>
    new URL(path, page.host === "status.salesforce.com" ? "https://api.status.salesforce.com" : page);
}

// A list is told by its members; an empty one is what /incidents/active gives when all is well.
function shapeOf(payload: unknown): z.ZodType<Snapshot> {
  if (!Array.isArray(payload)) return One;
  const some = (key: string) => payload.some((member) => has(member, key));
  if (some("MaintenanceImpacts")) return Maintenances;
  if (some("modelKey")) return Localizations;
  return some("key") ? Instances : Incidents;
}
