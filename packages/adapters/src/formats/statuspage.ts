import type { Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { byTime, defined, id, list, optional, parsePayload, raw, text, time, word } from "../payload.ts";

const componentStatus = word({
  operational: "operational",
  degraded_performance: "degraded_performance",
  partial_outage: "partial_outage",
  major_outage: "major_outage",
  under_maintenance: "under_maintenance",
});
const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
  postmortem: "postmortem",
});
const maintenanceStatus = word({
  scheduled: "scheduled",
  in_progress: "in_progress",
  verifying: "verifying",
  completed: "completed",
});
const impact = word({
  none: "none",
  minor: "minor",
  major: "major",
  critical: "critical",
  maintenance: "maintenance",
});

export const Page = z
  .object({ id: optional(id), name: optional(text), url: optional(text), updated_at: optional(time) })
  .transform(({ id, name, url, updated_at }) => ({ id, name, url, updatedAt: updated_at }));

const StatusPart = z
  .object({ indicator: z.string() })
  .transform(({ indicator }) => ({ indicator: impact(indicator) }));

const ComponentPart = z.object({
  id,
  name: z.string(),
  status: z.string(),
  updated_at: optional(time),
  group: optional(z.boolean()),
  group_id: optional(id.nullable()),
});

const UpdatePart = z
  .object({
    id,
    status: z.string(),
    body: z.string().nullish(),
    created_at: time,
    display_at: optional(time.nullable()),
    affected_components: optional(list(z.object({ code: optional(id), name: z.string(), new_status: z.string() }))),
  })
  .transform(({ id, status, body, created_at, display_at, affected_components }) => ({
    update: { id, status, body: body ?? "", at: display_at ?? created_at } satisfies Update,
    affected: affected_components?.entries.map(({ code, name, new_status }) => ({
      id: code,
      name: name.trim(),
      status: componentStatus(new_status),
    })),
  }));

const AffairPart = z.object({
  id,
  name: z.string(),
  status: z.string(),
  impact: z.string().nullish(),
  created_at: optional(time),
  started_at: optional(time.nullable()),
  updated_at: optional(time.nullable()),
  resolved_at: optional(time.nullable()),
  scheduled_for: optional(time.nullable()),
  scheduled_until: optional(time.nullable()),
  shortlink: optional(text),
  components: optional(list(z.object({ id: optional(id), name: z.string(), status: z.string() }))),
  incident_updates: list(UpdatePart),
});

type Affair = z.infer<typeof AffairPart>;

/** The fields that incidents and maintenances share. */
function affair({ id, name, shortlink, updated_at, incident_updates, ...part }: Affair) {
  const updates = byTime(incident_updates.entries.map(({ update }) => update));
  const affected = incident_updates.entries.find((entry) => entry.affected?.length)?.affected;
  const components = part.components?.entries.map(({ status, ...named }) => ({
    ...named,
    name: named.name.trim(),
    status: componentStatus(status),
  }));
  return {
    id,
    title: name.trim(),
    impact: impact(part.impact ?? "none"),
    updatedAt: updated_at ?? updates.at(-1)?.at,
    url: shortlink,
    components: components?.length ? components : (affected ?? []),
    updates,
  };
}

function incident(part: Affair): Incident {
  const status = incidentStatus(part.status);
  return {
    ...affair(part),
    status,
    ...raw(status, part.status),
    startedAt: part.started_at ?? part.created_at,
    resolvedAt: part.resolved_at ?? undefined,
  };
}

// A maintenance's `started_at` is its announcement; only the window tells when it happens.
function maintenance(part: Affair): Maintenance {
  const status = maintenanceStatus(part.status);
  return {
    ...affair(part),
    status,
    ...raw(status, part.status),
    scheduledFor: part.scheduled_for ?? undefined,
    scheduledUntil: part.scheduled_until ?? undefined,
  };
}

// Groups stand among their children; their state is derived, so counting them would count twice.
function components(parts: z.infer<typeof ComponentPart>[]): Component[] {
  const groups = new Map(parts.filter(({ group }) => group).map(({ id, name }) => [id, name.trim()]));
  return parts
    .filter(({ group }) => !group)
    .map(({ id, name, status, group_id, updated_at }) => {
      const ours = componentStatus(status);
      const group = groups.get(group_id ?? "");
      return { id, name: name.trim(), group, status: ours, ...raw(ours, status), updatedAt: updated_at };
    });
}

const Poll = z
  .object({
    page: Page,
    status: optional(StatusPart),
    components: optional(list(ComponentPart)),
    incidents: optional(list(AffairPart)),
    scheduled_maintenances: optional(list(AffairPart)),
  })
  .refine(({ page: _page, ...said }) => Object.values(said).some(Boolean), "nothing that a status page says")
  .transform(({ page, status, ...said }): Snapshot => {
    // Only the summary lists all that is open; the other lists hold the newest fifty, or one kind.
    const isSummary = status !== undefined && said.components !== undefined;
    return {
      page: { ...page, ...status },
      coverage: {
        components: coverage(said.components),
        incidents: isSummary ? coverage(said.incidents) : "partial",
        maintenances: isSummary ? coverage(said.scheduled_maintenances) : "partial",
      },
      components: components(said.components?.entries ?? []),
      incidents: (said.incidents?.entries ?? []).map(incident),
      maintenances: (said.scheduled_maintenances?.entries ?? []).map(maintenance),
    };
  });

const PushPage = z
  .object({ id: optional(id), status_indicator: optional(z.string().transform(impact)) })
  .transform((page) => ({ id: page.id, indicator: page.status_indicator }));

const silent: Pick<Snapshot, "coverage" | "components" | "incidents" | "maintenances"> = {
  coverage: { components: "partial", incidents: "partial", maintenances: "partial" },
  components: [],
  incidents: [],
  maintenances: [],
};

// Both kinds come under the key `incident`; only a maintenance has a window, or a maintenance's states.
const IncidentPush = z
  .object({ page: PushPage, incident: AffairPart })
  .transform(({ page, incident: part }): Snapshot =>
    part.scheduled_for || maintenanceStatus(part.status) !== "unknown"
      ? { ...silent, page, maintenances: [maintenance(part)] }
      : { ...silent, page, incidents: [incident(part)] },
  );

const ComponentPush = z
  .object({
    page: PushPage,
    component: z.object({ id, name: z.string(), updated_at: optional(time) }),
    component_update: z.object({ old_status: optional(z.string()), new_status: z.string(), created_at: optional(time) }),
  })
  .transform(({ page, component: { id, name, updated_at }, component_update: update }): Snapshot => {
    const status = componentStatus(update.new_status);
    const from = update.old_status === undefined ? undefined : componentStatus(update.old_status);
    const updatedAt = update.created_at ?? updated_at;
    const component = { id, name: name.trim(), status, from, ...raw(status, update.new_status), updatedAt };
    return { ...silent, page, components: [component] };
  });

const One = z
  .object({ page: Page, incident: AffairPart })
  .transform(({ page, incident: part }): Snapshot => ({ ...silent, page, incidents: [incident(part)] }));

const Payload = z.union([ComponentPush, IncidentPush, One, Poll]);

/** Atlassian Statuspage, polled or pushed. https://developer.statuspage.io and `shared/formats.md` §1. */
export const statuspage: Format = {
  ways: [["/api/v2/summary.json"]],
  adapt: (payload) => parsePayload(Payload, payload),
  incidentUrl: (page, id) => new URL(`/api/v2/incidents/${encodeURIComponent(id)}.json`, page),
};
