import type { AffectedComponent, Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { utcTime } from "../iso.ts";
import {
  byTime,
  coverage,
  defined,
  history,
  id,
  isReadable,
  list,
  type Listed,
  optional,
  parsePayload,
  raw,
  requiredList,
  section,
  silent,
  text,
  word,
} from "../payload.ts";

// The vendor's own order, which is not that of severity. Informational (2) says nothing of how well a component works.
const componentStatus = word({
  "1": "operational",
  "3": "degraded_performance",
  "4": "under_maintenance",
  "5": "partial_outage",
  "6": "major_outage",
});
const impact = word({ "1": "none", "2": "none", "3": "minor", "4": "maintenance", "5": "major", "6": "critical" });
const incidentStatus = word({
  "10": "investigating",
  "11": "investigating",
  "12": "identified",
  "13": "monitoring",
  "14": "resolved",
});
const maintenanceStatus = word({ "21": "scheduled", "22": "in_progress", "23": "verifying", "24": "completed" });

const Code = z.union([z.int().transform(String), z.string()]);

// Older pages have no ids of components; their names are unique on a page.
const LeafPart = z
  .object({ enc_component_id: optional(id), display_name: z.string().trim().min(1), component_status: Code })
  .transform(({ enc_component_id, display_name: name, component_status: theirs }): Component => {
    const status = componentStatus(theirs);
    return {
      id: enc_component_id ?? name,
      name,
      status,
      ...raw(status, theirs === "2" ? "Informational" : theirs),
    };
  });

const GroupPart = z
  .object({
    componentgroup_display_name: z.string().trim(),
    componentgroup_components: requiredList(LeafPart).refine(isReadable, "nothing in it could be read"),
  })
  .transform(
    ({ componentgroup_display_name: group, componentgroup_components: { entries, whole } }): Listed<Component> => {
      return { entries: entries.map((component) => ({ ...component, group })), whole };
    },
  );

const RowPart = z.union([
  GroupPart,
  LeafPart.transform((component): Listed<Component> => ({ entries: [component], whole: true })),
]);

const UpdatePart = z
  .object({
    enc_inc_state_progress_id: id,
    incident_status: optional(text),
    incident_status_id: Code,
    incident_status_desc: optional(text),
    status_updated_at: utcTime,
  })
  .transform(({ incident_status: word = "", incident_status_id: code, ...part }) => {
    const update = {
      id: part.enc_inc_state_progress_id,
      body: part.incident_status_desc ?? "",
      at: part.status_updated_at,
    };
    return { ...update, status: word.toLowerCase(), code, word };
  });

const AffairPart = z.object({
  enc_inc_id: id,
  incident_title: z.string().trim(),
  incident_severity_id: optional(Code),
  incident_began_at: optional(utcTime),
  incident_ended_at: optional(utcTime),
  incident_status_updates: list(UpdatePart),
  incident_affected_components: list(z.object({ display_name: z.string().trim() })),
});
type AffairPart = z.infer<typeof AffairPart>;

const Summary = z
  .object({
    data: z.object({
      current_status: requiredList(RowPart).refine(isReadable, "nothing in it could be read"),
      active_incident_details: section(AffairPart),
    }),
  })
  .transform(({ data: { current_status: rows, active_incident_details: active } }): Snapshot => {
    const isWhole = rows.whole && rows.entries.every(({ whole }) => whole);
    const affairs = active?.entries ?? [];
    return {
      page: {},
      coverage: { ...silent.coverage, components: isWhole ? "full" : "partial", incidents: coverage(active) },
      components: rows.entries.flatMap(({ entries }) => entries),
      incidents: affairs.filter((part) => !isMaintenance(part)).map(incident),
      maintenances: affairs.filter(isMaintenance).map(maintenance),
    };
  });

/** Site24x7 StatusIQ. Zoho's own SDK (site24x7/statusiq) and inket/stts. */
export const site24x7: Format = {
  ways: [[summaryOf]],
  adapt: (payload) => parsePayload(Summary, payload),
};

// A page given with its encrypted id is asked for by it, others by their host.
function summaryOf(page: URL): URL {
  return page.pathname.includes("/statuspages/") ? page : new URL("/sp/api/u/summary_details", page);
}

function isMaintenance({ incident_status_updates }: AffairPart): boolean {
  return incident_status_updates.entries.some(({ code }) => maintenanceStatus(code) !== "unknown");
}

function incident(part: AffairPart): Incident {
  const { newest, ...common } = affair(part);
  const status = incidentStatus(newest?.code ?? "");
  return {
    ...common,
    status,
    ...(newest ? raw(status, newest.word) : {}),
    impact: impact(part.incident_severity_id ?? ""),
    ...defined({ startedAt: part.incident_began_at, resolvedAt: part.incident_ended_at }),
  };
}

function maintenance(part: AffairPart): Maintenance {
  const { newest, ...common } = affair(part);
  const status = maintenanceStatus(newest?.code ?? "");
  return {
    ...common,
    status,
    ...(newest ? raw(status, newest.word) : {}),
    impact: "maintenance",
    ...defined({ scheduledFor: part.incident_began_at, scheduledUntil: part.incident_ended_at }),
  };
}

function affair({
  enc_inc_id: id,
  incident_title: title,
  incident_status_updates: { entries },
  incident_affected_components,
}: AffairPart) {
  const newest = byTime(entries).at(-1);
  const updates = history(entries.map(({ id, status, body, at }): Update => ({ id, status, body, at })));
  const components = incident_affected_components.entries.map(({ display_name: name }): AffectedComponent => ({
    name,
  }));
  return { id, title, components, updates, newest, ...defined({ updatedAt: updates.at(-1)?.at }) };
}
