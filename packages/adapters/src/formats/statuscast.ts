import type { AffectedComponent, Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { utcTime } from "../iso.ts";
import {
  defined,
  history,
  id,
  isReadable,
  list,
  optional,
  parsePayload,
  raw,
  requiredList,
  section,
  silent,
  text,
  word,
} from "../payload.ts";

const componentStatus = word({
  Available: "operational",
  Degraded: "degraded_performance",
  DegradedPerformance: "degraded_performance",
  Unavailable: "major_outage",
  Maintenance: "under_maintenance",
});
// StatusCast says that one is in progress, never how far they are with it.
const incidentStatus = word({
  InProgress: "investigating",
  Resolved: "resolved",
  Completed: "resolved",
  Closed: "resolved",
});
const maintenanceStatus = word({
  Scheduled: "scheduled",
  InProgress: "in_progress",
  Completed: "completed",
  Closed: "completed",
  Cancelled: "cancelled",
});

// Times have no offset, and the documentation names no zone; they are taken as UTC.
const StatePart = z.object({ ComponentId: id, Status: z.string(), DateChanged: optional(utcTime) });
type StatePart = z.infer<typeof StatePart>;

const Affected = z
  .object({ ComponentId: optional(id), ComponentName: optional(text), Id: optional(id), Name: optional(text) })
  .transform((part) => ({ id: part.ComponentId ?? part.Id, name: (part.ComponentName ?? part.Name)?.trim() }))
  .refine(
    (part): part is { id: string; name: string } => part.id !== undefined && part.name !== undefined,
    "unnamed",
  )
  .transform((part): AffectedComponent & { id: string } => part);

const PostPart = z
  .object({
    Id: id,
    Text: optional(text),
    Date: utcTime,
    PostType: optional(z.string()),
    IsPublished: optional(z.boolean()),
  })
  .transform(({ Id, Text: body = "", Date: at, PostType: status = "", IsPublished = true }) => {
    return { update: { id: Id, status, body, at } satisfies Update, IsPublished };
  });

const AffairPart = z.object({
  Id: id,
  Title: z.string().trim(),
  IncidentType: z.string(),
  Status: z.string(),
  StartDate: optional(utcTime),
  EndDate: optional(utcTime),
  ShortUrl: optional(text),
  Posts: list(PostPart),
  AffectedComponents: list(Affected),
});
type AffairPart = z.infer<typeof AffairPart>;

const Push = z.object({
  CurrentComponentStatus: requiredList(StatePart).refine(isReadable, "nothing in it could be read"),
  PreviousComponentStatus: section(StatePart),
  AffectedComponents: list(Affected),
});

const PushSnapshot = Push.transform((push): Snapshot => {
  const names = new Map(push.AffectedComponents.entries.map(({ id, name }) => [id, name]));
  const before = new Map(push.PreviousComponentStatus?.entries.map((part) => [part.ComponentId, part.Status]));
  const components = push.CurrentComponentStatus.entries.map((part) => component(part, { names, before }));
  return { ...silent, page: {}, components };
});

const AffairPush = AffairPart.transform(
  (part) => (at: string) =>
    part.IncidentType === "ScheduledMaintenance"
      ? { maintenances: [maintenance(part)] }
      : { incidents: [incident(part, at)] },
);

/** StatusCast, pushed. https://support.statuscast.com/docs/webhook-notification */
export const statuscast: Format = {
  ways: [],
  adapt: (payload, { at }) => ({
    ...parsePayload(PushSnapshot, payload),
    ...AffairPush.safeParse(payload).data?.(at),
  }),
};

interface Context {
  names: ReadonlyMap<string, string>;
  before: ReadonlyMap<string, string>;
}

function component(
  { ComponentId: id, Status: theirs, DateChanged: updatedAt }: StatePart,
  { names, before }: Context,
): Component {
  const status = componentStatus(theirs);
  const was = before.get(id);
  const from = was === undefined ? undefined : componentStatus(was);
  // Its number is all that some deliveries call a component.
  return { id, name: names.get(id) ?? id, status, ...raw(status, theirs), ...defined({ from, updatedAt }) };
}

function incident(part: AffairPart, at: string): Incident {
  const { StartDate: startedAt, EndDate: end } = part;
  const isOver = end !== undefined && end <= at;
  const status = isOver ? "resolved" : incidentStatus(part.Status);
  const resolvedAt = status === "resolved" ? end : undefined;
  return {
    ...affair(part),
    status,
    ...raw(status, part.Status),
    impact: "unknown",
    ...defined({ startedAt, resolvedAt }),
  };
}

function maintenance(part: AffairPart): Maintenance {
  const status = maintenanceStatus(part.Status);
  const { StartDate: scheduledFor, EndDate: scheduledUntil } = part;
  return {
    ...affair(part),
    status,
    ...raw(status, part.Status),
    impact: "maintenance",
    ...defined({ scheduledFor, scheduledUntil }),
  };
}

function affair({ Id: id, Title: title, ShortUrl: url, Posts, AffectedComponents }: AffairPart) {
  const updates = history(Posts.entries.filter(({ IsPublished }) => IsPublished).map(({ update }) => update));
  return {
    id,
    title,
    components: AffectedComponents.entries,
    updates,
    ...defined({ updatedAt: updates.at(-1)?.at, url }),
  };
}
