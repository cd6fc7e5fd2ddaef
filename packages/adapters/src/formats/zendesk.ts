import type { AffectedComponent, Incident, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
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

const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
  postmortem: "postmortem",
});
const impact = word({ none: "none", "no impact": "none", minor: "minor", major: "major", critical: "critical" });

// The documented API says `started_at` and `title`, the page's own `startedAt` and `name`.
const Attributes = z.object({
  title: optional(text),
  name: optional(text),
  status: z.string(),
  impact: optional(text),
  started_at: optional(time),
  startedAt: optional(time),
  resolved_at: time.nullish(),
  resolvedAt: time.nullish(),
});

const Reference = z.object({ id, type: optional(z.string()) });
const References = z.object({
  data: optional(z.union([Reference.transform((one) => [one]), z.array(Reference)]).nullable()),
});

const IncidentPart = z.object({
  id,
  attributes: Attributes,
  relationships: optional(z.record(z.string(), optional(References))),
});
type IncidentPart = z.infer<typeof IncidentPart>;

const Included = z.object({
  id,
  type: z.string(),
  attributes: z.object({
    name: optional(text),
    description: optional(text),
    created_at: optional(time),
    createdAt: optional(time),
    service_id: optional(id),
    serviceId: optional(id),
  }),
});
type Included = z.infer<typeof Included>;

/** JSON:API keeps updates and services beside the incidents, to be found by type and id. */
type Beside = ReadonlyMap<string, Included>;

function related({ relationships }: IncidentPart, beside: Beside): Included[] {
  const references = Object.values(relationships ?? {}).flatMap((relation) => relation?.data ?? []);
  return references.flatMap(({ type, id }) => beside.get(`${type}|${id}`) ?? []);
}

function updatesOf(parts: readonly Included[]): Update[] {
  return parts.flatMap(({ id, type, attributes: { description: body, createdAt, created_at } }) => {
    const at = createdAt ?? created_at;
    return type === "incident_update" && body !== undefined && at !== undefined
      ? [{ id, status: "", body, at }]
      : [];
  });
}

function componentsOf(parts: readonly Included[], beside: Beside): AffectedComponent[] {
  const named = parts.flatMap(({ id, type, attributes }) => {
    const serviceId = type === "service" ? id : (attributes.serviceId ?? attributes.service_id);
    if (serviceId === undefined) return [];
    const name = attributes.name ?? beside.get(`service|${serviceId}`)?.attributes.name;
    return name === undefined ? [] : [[serviceId, { id: serviceId, name }] as const];
  });
  return [...new Map(named).values()];
}

// The word stays what it was when the incident ended; only the time of the end says that it has.
function incident(part: IncidentPart, beside: Beside): Incident {
  const { id, attributes } = part;
  const resolvedAt = attributes.resolvedAt ?? attributes.resolved_at ?? undefined;
  const theirs = incidentStatus(attributes.status);
  const status = resolvedAt !== undefined && theirs !== "postmortem" ? "resolved" : theirs;
  const parts = related(part, beside);
  const updates = history(updatesOf(parts));
  return {
    id,
    title: attributes.title ?? attributes.name ?? "",
    status,
    ...raw(status, attributes.status),
    impact: impact(attributes.impact ?? ""),
    components: componentsOf(parts, beside),
    updates,
    ...defined({
      startedAt: attributes.startedAt ?? attributes.started_at,
      resolvedAt,
      updatedAt: [updates.at(-1)?.at, resolvedAt].toSorted().findLast((at) => at !== undefined),
    }),
  };
}

const besideOf = ({ entries }: { entries: Included[] }): Beside =>
  new Map(entries.map((part) => [`${part.type}|${part.id}`, part]));

const Incidents = z
  .object({
    data: requiredList(IncidentPart).refine(isReadable, "nothing in it could be read"),
    included: list(Included),
  })
  .transform(({ data, included }): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, incidents: coverage(data) },
    incidents: data.entries.map((part) => incident(part, besideOf(included))),
  }));

const One = z
  .object({ data: IncidentPart, included: list(Included) })
  .transform(({ data, included }): Snapshot => ({
    ...silent,
    page: {},
    incidents: [incident(data, besideOf(included))],
  }));

/**
 * Zendesk. The page's own list tells of ends, the documented one only of what is open.
 * https://developer.zendesk.com/api-reference/status_api/status_api/
 */
export const zendesk: Format = {
  ways: [["/api/ssp/incidents.json"], ["/api/incidents/active"]],
  adapt: (payload) => parsePayload(z.union([Incidents, One]), payload),
  incidentUrl: (page, id) => new URL(`/api/incidents/${encodeURIComponent(id)}`, page),
};
