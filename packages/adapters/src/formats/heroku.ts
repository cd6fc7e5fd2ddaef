import type { Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  history,
  id,
  identity,
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

const componentStatus = word({ green: "operational", yellow: "degraded_performance", red: "major_outage" });
const incidentStatus = word({
  open: "investigating",
  issue: "investigating",
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
});
const maintenanceStatus = word({
  upcoming: "scheduled",
  scheduled: "scheduled",
  in_progress: "in_progress",
  completed: "completed",
  resolved: "completed",
  cancelled: "cancelled",
});

const System = z
  .object({ system: z.string().min(1), status: z.string() })
  .transform(({ system: name, status: theirs }): Component => {
    const status = componentStatus(theirs);
    return { id: name, name, status, ...raw(status, theirs) };
  });

const UpdatePart = z
  .object({ id: optional(id), update_type: z.string(), contents: text, created_at: time })
  .transform(({ id, update_type: theirs, contents = "", created_at: at }): Update => {
    const status = incidentStatus(theirs);
    return { id: id ?? identity(theirs, at), status: status === "unknown" ? theirs : status, body: contents, at };
  });

const Affair = z.object({
  id,
  title: z.string().trim(),
  state: z.string(),
  created_at: optional(time),
  full_url: optional(text),
  systems: optional(list(z.object({ name: z.string(), status: optional(z.string()) }))),
  updates: list(UpdatePart),
});
type Affair = z.infer<typeof Affair>;

function affair({ id, title, full_url: url, systems, updates: said }: Affair) {
  const updates = history(said.entries.toReversed());
  const components = (systems?.entries ?? []).map(({ name, status }) => ({
    id: name,
    name,
    ...defined({ status: status === undefined ? undefined : componentStatus(status) }),
  }));
  return { id, title, components, updates, ...defined({ url, updatedAt: updates.at(-1)?.at }) };
}

// `resolved` is false on resolved ones, so it says nothing; the state and the newest update do.
function incident(part: Affair): Incident {
  const common = affair(part);
  const ofUpdates = common.updates
    .map(({ status }) => incidentStatus(status))
    .findLast((status) => status !== "unknown");
  const status = part.state === "resolved" ? "resolved" : (ofUpdates ?? incidentStatus(part.state));
  const resolvedAt =
    status === "resolved" ? common.updates.findLast(({ status }) => status === "resolved")?.at : undefined;
  return {
    ...common,
    status,
    ...raw(status, part.state),
    impact: "unknown",
    ...defined({ startedAt: part.created_at, resolvedAt }),
  };
}

// What is over may stay `upcoming` for months; then only the newest update says so.
function maintenance(part: Affair): Maintenance {
  const common = affair(part);
  const isOver = /^\s*(the )?(scheduled )?maintenance (is|has been|was) (now )?completed?\b/i.test(
    common.updates.at(-1)?.body ?? "",
  );
  const status = isOver ? "completed" : maintenanceStatus(part.state);
  return { ...common, status, ...raw(status, part.state), impact: "maintenance" };
}

const Current = z
  .object({
    status: requiredList(System).refine(isReadable, "nothing in it could be read"),
    incidents: list(Affair),
    scheduled: list(Affair),
  })
  .transform(({ status, incidents, scheduled }): Snapshot => ({
    page: {},
    coverage: {
      components: coverage(status),
      incidents: coverage(incidents),
      maintenances: coverage(scheduled),
    },
    components: status.entries,
    incidents: incidents.entries.map(incident),
    maintenances: scheduled.entries.map(maintenance),
  }));

function isMaintenance({ updates }: Affair): boolean {
  return updates.entries.some(({ status }) => status === "scheduled");
}

// The newest of both kinds, for the words that close one.
const Past = requiredList(Affair)
  .refine(isReadable, "nothing in it could be read")
  .transform(({ entries }): Snapshot => ({
    ...silent,
    page: {},
    incidents: entries.filter((part) => !isMaintenance(part)).map(incident),
    maintenances: entries.filter(isMaintenance).map(maintenance),
  }));

/** Heroku, API v4. https://devcenter.heroku.com/articles/heroku-status */
export const heroku: Format = {
  ways: [["/api/v4/current-status"]],
  adapt: (payload) => parsePayload(Array.isArray(payload) ? Past : Current, payload),
  incidentUrl: (page) => new URL("/api/v4/incidents?limit=20", page),
};
