import type { AffectedComponent, Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import {
  coverage,
  defined,
  epochMilliseconds,
  has,
  history,
  id,
  list,
  optional,
  parsePayload,
  raw,
  section,
  silent,
  text,
  time,
  word,
} from "../payload.ts";
import { stateAt } from "../window.ts";

const indicator = word({ none: "none", minor: "minor", major: "major", maintenance: "maintenance" });
const componentStatus = word({
  operational: "operational",
  degraded_performance: "degraded_performance",
  partial_outage: "partial_outage",
  major_outage: "major_outage",
  under_maintenance: "under_maintenance",
});
const monitorStatus = word({ recovered: "operational", degraded: "degraded_performance", error: "major_outage" });
const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
});
const maintenanceStatus = word({ scheduled: "scheduled", in_progress: "in_progress" });

// Components have no ids on the page, so their names are what identifies them; webhooks follow.
const ComponentPart = z.object({ name: z.string().trim().min(1), status: z.string() });

// An update has no id; the moment of its writing is the same in a webhook.
const UpdatePart = z
  .object({ status: z.string(), body: optional(text), created_at: time })
  .transform(({ status, body = "", created_at: at }): Update => ({ id: at, status, body, at }));

const IncidentPart = z.object({
  id,
  name: z.string().trim(),
  status: z.string(),
  updated_at: optional(time),
  incident_updates: list(UpdatePart),
});

const MaintenancePart = z.object({
  id,
  name: z.string().trim(),
  status: z.string(),
  scheduled_for: optional(time),
  scheduled_until: optional(time),
});

const Poll = z
  .object({
    page: z.object({ name: optional(text), url: optional(text) }).transform((page) => defined(page)),
    status: optional(z.object({ indicator: z.string().transform(indicator) })),
    components: section(ComponentPart),
    incidents: section(IncidentPart),
    scheduled_maintenances: section(MaintenancePart),
  })
  .refine(
    ({ status, components, incidents }) => status ?? components ?? incidents,
    "nothing that a status page says",
  )
  .transform(({ page, status, components: rows, incidents, scheduled_maintenances: planned }): Snapshot => ({
    page: { ...page, ...status },
    coverage: {
      components: coverage(rows),
      incidents: coverage(incidents),
      maintenances: coverage(planned),
    },
    components: components(rows?.entries ?? []),
    incidents: (incidents?.entries ?? []).map(incident),
    maintenances: (planned?.entries ?? []).map(maintenance),
  }));

const PushPage = z.object({ name: optional(text), url: optional(text) }).transform((page) => defined(page));

const Affected = z
  .object({ name: z.string().trim(), impact: optional(z.string()) })
  .transform(({ name, impact }): AffectedComponent => {
    return { id: name, name, ...defined({ status: impact === undefined ? undefined : componentStatus(impact) }) };
  });

const ReportPush = z.object({
  data: z.object({
    status_report: z.object({
      id,
      title: z.string().trim(),
      url: optional(text),
      update: z.object({
        status: z.string(),
        message: optional(text),
        occurred_at: optional(time),
        created_at: optional(time),
      }),
      page: PushPage,
      components: list(Affected),
    }),
  }),
});

const MaintenancePush = z.object({
  data: z.object({
    maintenance: z.object({
      id,
      title: z.string().trim(),
      url: optional(text),
      message: optional(text),
      starts_at: optional(time),
      ends_at: optional(time),
      page: PushPage,
      components: list(Affected),
    }),
  }),
});

const MonitorPush = z
  .object({
    monitor: z.object({ name: z.string().trim().min(1) }),
    cronTimestamp: optional(epochMilliseconds),
    status: z.string(),
  })
  .transform(({ monitor: { name }, cronTimestamp: updatedAt, status: theirs }): Snapshot => {
    const status = monitorStatus(theirs);
    const component = { id: name, name, status, ...raw(status, theirs), ...defined({ updatedAt }) };
    return { ...silent, page: {}, components: [component] };
  });

// Asks whether we want its webhooks; what it holds confirms them, and is nobody else's to see.
const Verification = z
  .object({ type: z.literal("verification") })
  .transform((): Snapshot => ({ ...silent, page: {} }));

/** OpenStatus, polled or pushed. openstatusHQ/openstatus `status-json.ts` and `packages/subscriptions`. */
export const openstatus: Format = {
  ways: [["/summary.json"]],
  adapt: (payload, told) => {
    if (has(payload, "monitor")) return parsePayload(MonitorPush, payload);
    if (!has(payload, "type")) return parsePayload(Poll, payload);
    if (payload.type === "status_report") return report(parsePayload(ReportPush, payload), told);
    if (payload.type === "maintenance") return planned(parsePayload(MaintenancePush, payload), told);
    return parsePayload(Verification, payload);
  },
};

// Groups may repeat a name. Then the one in trouble speaks for it.
function components(parts: readonly z.infer<typeof ComponentPart>[]): Component[] {
  const troubleLast = parts.toSorted(
    (a, b) => Number(a.status !== "operational") - Number(b.status !== "operational"),
  );
  const byName = new Map(troubleLast.map((part) => [part.name, part]));
  return [...new Set(parts.map(({ name }) => name))].map((name): Component => {
    const theirs = byName.get(name)?.status ?? "";
    const status = componentStatus(theirs);
    return { id: name, name, status, ...raw(status, theirs) };
  });
}

function incident({
  id,
  name: title,
  status: theirs,
  updated_at: updatedAt,
  ...part
}: z.infer<typeof IncidentPart>): Incident {
  const status = incidentStatus(theirs);
  const updates = history(part.incident_updates.entries);
  const startedAt = updates.at(0)?.at;
  return {
    id,
    title,
    status,
    ...raw(status, theirs),
    impact: "unknown",
    components: [],
    updates,
    ...defined({ startedAt, updatedAt }),
  };
}

function maintenance({ id, name: title, status: theirs, ...part }: z.infer<typeof MaintenancePart>): Maintenance {
  const status = maintenanceStatus(theirs);
  const window = defined({ scheduledFor: part.scheduled_for, scheduledUntil: part.scheduled_until });
  return {
    id,
    title,
    status,
    ...raw(status, theirs),
    impact: "maintenance",
    components: [],
    updates: [],
    ...window,
  };
}

function report({ data: { status_report } }: z.infer<typeof ReportPush>, told: Told): Snapshot {
  const { id, title, url, update, page, components: affected } = status_report;
  const at = update.occurred_at ?? update.created_at ?? told.at;
  const status = incidentStatus(update.status);
  const common = { id, title, components: affected.entries, updatedAt: at, ...defined({ url }) };
  const updates = [{ id: at, status: update.status, body: update.message ?? "", at }];
  return {
    ...silent,
    page,
    incidents: [{ ...common, updates, status, ...raw(status, update.status), impact: "unknown" }],
  };
}

function planned({ data: { maintenance: part } }: z.infer<typeof MaintenancePush>, { at }: Told): Snapshot {
  const { id, title, url, message, starts_at: from, ends_at: until, page, components: affected } = part;
  const status = from ? stateAt({ from, until }, at) : "unknown";
  const updates = message ? [{ id, status: "", body: message, at }] : [];
  const window = defined({ scheduledFor: from, scheduledUntil: until, url });
  const common = { id, title, components: affected.entries, updates, ...window };
  return { ...silent, page, maintenances: [{ ...common, status, impact: "maintenance" }] };
}
