import type { AffectedComponent, Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
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

const indicator = word({
  operational: "none",
  "under-maintenance": "maintenance",
  "partially-degraded": "minor",
  degraded: "major",
});
// Degraded is the worst that Sorry knows, partially when it is so in some of a component's parts.
const componentStatus = word({
  operational: "operational",
  "under-maintenance": "under_maintenance",
  "partially-degraded": "degraded_performance",
  degraded: "degraded_performance",
});
const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  recovering: "monitoring",
  resolved: "resolved",
  false_alarm: "resolved",
});
const maintenanceStatus = word({
  scheduled: "scheduled",
  underway: "in_progress",
  complete: "completed",
  cancelled: "cancelled",
});

const ComponentPart = z.object({ id, name: z.string().trim(), state: z.string(), parent_id: optional(id) });
type ComponentPart = z.infer<typeof ComponentPart>;

const Affected = z
  .object({ id: optional(id), name: z.string().trim() })
  .transform((component): AffectedComponent => defined(component));

const UpdatePart = z
  .object({ id, content: optional(text), created_at: time })
  .transform(({ id, content = "", created_at: at }): Update => ({ id, status: "", body: content, at }));

const NoticePart = z.object({
  id,
  type: z.enum(["unplanned", "planned", "general"]),
  state: z.string(),
  subject: z.string().trim(),
  link: optional(text),
  url: optional(text),
  begins_at: optional(time),
  ends_at: optional(time),
  began_at: optional(time),
  ended_at: optional(time),
  updated_at: optional(time),
  components: list(Affected),
  updates: list(UpdatePart),
});
type NoticePart = z.infer<typeof NoticePart>;

const everyNotice: Snapshot["coverage"] = { components: "partial", incidents: "full", maintenances: "full" };

const Status = z
  .object({ page: z.object({ id: optional(id), name: optional(text), url: optional(text), state: z.string() }) })
  .transform(({ page: { state, ...page } }): Snapshot => {
    return { ...silent, page: { ...defined(page), indicator: indicator(state) } };
  });

const Components = z
  .object({ components: requiredList(ComponentPart).refine(isReadable, "nothing in it could be read") })
  .transform(({ components: rows }): Snapshot => {
    return {
      ...silent,
      page: {},
      coverage: { ...silent.coverage, components: coverage(rows) },
      components: components(rows.entries),
    };
  });

// The lists asked for hold all that is present, and all that is to come. Nothing in them tells which is which, so each
// must be read in full: where one is short of a notice, the other would say that it is gone.
const Notices = z
  .object({ notices: z.array(NoticePart) })
  .transform(({ notices }): Snapshot => ({ ...silent, page: {}, coverage: everyNotice, ...told(notices) }));

const One = z
  .object({ notice: NoticePart })
  .transform(({ notice }): Snapshot => ({ ...silent, page: {}, ...told([notice]) }));

// What the API's own host answers: a list under another name.
const Response = z.object({ response: z.array(z.unknown()) }).transform(({ response }, context): Snapshot => {
  const isNotices = response.some((entry) => has(entry, "subject"));
  const parsed = (isNotices ? Notices : Components).safeParse({
    [isNotices ? "notices" : "components"]: response,
  });
  if (parsed.success) return parsed.data;
  context.addIssue({ code: "custom", message: "neither components nor notices" });
  return z.NEVER;
});

/** Sorry™. https://docs.sorryapp.com/v1 (objects) and the pages' own public API. */
export const sorry: Format = {
  ways: [
    [
      "/api/v1/status",
      "/api/v1/components",
      "/api/v1/notices?filter%5Btimeline_state_eq%5D=present",
      "/api/v1/notices?filter%5Btimeline_state_eq%5D=future",
    ],
  ],
  adapt: (payload) => parsePayload(shapeOf(payload), payload),
  incidentUrl: (page, id) => new URL(`/api/v1/notices/${encodeURIComponent(id)}`, page),
};

function shapeOf(payload: unknown): z.ZodType<Snapshot> {
  if (has(payload, "notice")) return One;
  if (has(payload, "notices")) return Notices;
  if (has(payload, "response")) return Response;
  return has(payload, "components") ? Components : Status;
}

// A parent's state is derived from its children's.
function components(rows: readonly ComponentPart[]): Component[] {
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const parents = new Set(rows.map(({ parent_id }) => parent_id));
  return rows
    .filter(({ id }) => !parents.has(id))
    .map(({ id, name, state, parent_id }) => {
      const status = componentStatus(state);
      return { id, name, status, ...raw(status, state), ...defined({ group: names.get(parent_id ?? "") }) };
    });
}

// A general notice is an announcement: neither an incident nor a maintenance.
function told(notices: readonly NoticePart[]): Pick<Snapshot, "incidents" | "maintenances"> {
  return {
    incidents: notices.filter(({ type }) => type === "unplanned").map(incident),
    maintenances: notices.filter(({ type }) => type === "planned").map(maintenance),
  };
}

function incident(part: NoticePart): Incident {
  const status = incidentStatus(part.state);
  const { began_at: startedAt, ended_at: resolvedAt } = part;
  return {
    ...affair(part),
    status,
    ...raw(status, part.state),
    impact: "unknown",
    ...defined({ startedAt, resolvedAt }),
  };
}

function maintenance(part: NoticePart): Maintenance {
  const status = maintenanceStatus(part.state);
  const { begins_at: scheduledFor, ends_at: scheduledUntil } = part;
  return {
    ...affair(part),
    status,
    ...raw(status, part.state),
    impact: "maintenance",
    ...defined({ scheduledFor, scheduledUntil }),
  };
}

function affair({ id, subject, link, url, updated_at, components, updates: said }: NoticePart) {
  const updates = history(said.entries);
  return {
    id,
    title: subject,
    components: components.entries,
    updates,
    ...defined({ updatedAt: updated_at ?? updates.at(-1)?.at, url: link ?? url }),
  };
}
