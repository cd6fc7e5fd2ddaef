import type { Incident, Maintenance, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  history,
  id,
  isReadable,
  list,
  numbered,
  optional,
  parsePayload,
  raw,
  requiredList,
  silent,
  text,
  time,
  word,
} from "../payload.ts";

const indicator = word({ ok: "none" });
// Slack says only that one is open, never how far they are with it.
const incidentStatus = word({ active: "investigating", resolved: "resolved", completed: "resolved" });
const maintenanceStatus = word({
  scheduled: "scheduled",
  active: "in_progress",
  completed: "completed",
  resolved: "completed",
  cancelled: "cancelled",
});
const impact = word({ notice: "minor", incident: "major", outage: "critical", maintenance: "maintenance" });

const Note = z
  .object({ date_created: time, body: text })
  .transform(({ date_created: at, body = "" }) => ({ status: "", body, at }));

const Affair = z.object({
  id,
  title: z.string().trim(),
  type: optional(z.string()),
  status: z.string(),
  url: optional(text),
  date_created: optional(time),
  date_updated: optional(time),
  services: optional(list(z.string())),
  notes: list(Note),
});
type Affair = z.infer<typeof Affair>;

function affair({ id, title, type = "", url, date_updated: updatedAt, services, notes }: Affair) {
  const components = (services?.entries ?? []).map((name) => ({ name }));
  return {
    id,
    title,
    impact: impact(type),
    components,
    updates: history(numbered(notes.entries)),
    ...defined({ updatedAt, url }),
  };
}

function incident(part: Affair): Incident {
  const status = incidentStatus(part.status);
  const resolvedAt = status === "resolved" ? part.date_updated : undefined;
  return {
    ...affair(part),
    status,
    ...raw(status, part.status),
    ...defined({ startedAt: part.date_created, resolvedAt }),
  };
}

function maintenance(part: Affair): Maintenance {
  const status = maintenanceStatus(part.status);
  return { ...affair(part), status, ...raw(status, part.status) };
}

function affairs(parts: readonly Affair[]) {
  return {
    incidents: parts.filter(({ type }) => type !== "maintenance").map(incident),
    maintenances: parts.filter(({ type }) => type === "maintenance").map(maintenance),
  };
}

const Current = z
  .object({ status: z.string(), active_incidents: list(Affair) })
  .transform(({ status, active_incidents: active }): Snapshot => {
    const said = coverage(active);
    return {
      page: { indicator: indicator(status) },
      coverage: { components: "partial", incidents: said, maintenances: said },
      components: [],
      ...affairs(active.entries),
    };
  });

const Past = requiredList(Affair)
  .refine(isReadable, "nothing in it could be read")
  .transform(({ entries }): Snapshot => ({
    ...silent,
    page: {},
    ...affairs(entries),
  }));

/** Slack. https://docs.slack.dev/reference/slack-status-api */
export const slack: Format = {
  ways: [["/api/v2.0.0/current"]],
  adapt: (payload) => parsePayload(Array.isArray(payload) ? Past : Current, payload),
  incidentUrl: (page) => new URL("/api/v2.0.0/history", page),
};
