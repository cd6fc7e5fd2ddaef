import type { Incident, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  history,
  id,
  identity,
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

const indicator = word({ none: "none", minor: "minor", major: "major", maintenance: "maintenance" });
const impact = word({ none: "none", minor: "minor", major: "major", critical: "critical" });
// An incident's own word is that of the people who work on it; its updates speak the field's.
const incidentStatus = word({
  started: "investigating",
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  mitigated: "monitoring",
  resolved: "resolved",
});

const UpdatePart = z
  .object({ id: optional(id), status: z.string(), body: optional(text), created_at: time })
  .transform(({ id, status, body = "", created_at: at }): Update => ({
    id: id ?? identity(status, at),
    status,
    body,
    at,
  }));

// An incident's identity is the end of its address.
const IncidentPart = z.object({
  name: z.string().trim(),
  status: z.string(),
  impact: optional(z.string()),
  started_at: optional(time),
  resolved_at: optional(time),
  url: z.string().regex(/\/[^/]+$/),
  incident_updates: list(UpdatePart),
});
type IncidentPart = z.infer<typeof IncidentPart>;

const Status = z
  .object({
    page: z.object({ name: optional(text), url: optional(text) }),
    status: optional(z.object({ indicator: z.string().transform(indicator) })),
    incidents: section(IncidentPart),
  })
  .refine(({ status, incidents }) => status ?? incidents, "nothing that a status page says")
  .transform(({ page, status, incidents }): Snapshot => ({
    ...silent,
    page: { ...defined(page), ...status },
    coverage: { ...silent.coverage, incidents: status ? coverage(incidents) : "partial" },
    incidents: (incidents?.entries ?? []).map(incident),
  }));

/** Rootly's status pages. https://docs.rootly.com/configuration/status-page-public-api */
export const rootly: Format = {
  ways: [["/api/v1/status.json"]],
  adapt: (payload) => parsePayload(Status, payload),
};

function incident({
  name: title,
  status: theirs,
  url,
  started_at: startedAt,
  resolved_at: resolvedAt,
  ...part
}: IncidentPart): Incident {
  const updates = history(part.incident_updates.entries);
  const newest = incidentStatus(updates.at(-1)?.status ?? "");
  const status = resolvedAt ? "resolved" : newest === "unknown" ? incidentStatus(theirs) : newest;
  return {
    id: url.slice(url.lastIndexOf("/") + 1),
    title,
    status,
    ...raw(status, theirs),
    impact: impact(part.impact ?? ""),
    components: [],
    updates,
    url,
    ...defined({ startedAt, resolvedAt, updatedAt: updates.at(-1)?.at }),
  };
}
