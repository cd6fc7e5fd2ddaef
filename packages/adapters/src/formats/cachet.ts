import type { AffectedComponent, Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { utcTime } from "../iso.ts";
import {
  coverage,
  defined,
  has,
  history,
  id,
  list,
  type Listed,
  optional,
  parsePayload,
  raw,
  silent,
  text,
  word,
} from "../payload.ts";
import { flat, Resource } from "./cachet-resources.ts";

// Components count from 1, incidents and schedules from 0. Version 2 knows the first four states of components.
const componentStatus = word({
  "1": "operational",
  "2": "degraded_performance",
  "3": "partial_outage",
  "4": "major_outage",
  "6": "under_maintenance",
});
const incidentStatus = word({ "1": "investigating", "2": "identified", "3": "monitoring", "4": "resolved" });
const maintenanceStatus = word({ "0": "scheduled", "1": "in_progress", "2": "completed" });

const Digits = z.union([z.int().transform(String), z.string()]);
const Code = z.union([
  Digits.transform((value) => ({ value, human: undefined })),
  z.object({ value: Digits, human: optional(z.string()) }),
]);

// Times have no offset: they are the server's, which Cachet sets to UTC unless told otherwise.
const Moment = z.union([utcTime, z.object({ string: utcTime }).transform((moment) => moment.string)]);

const ComponentPart = z.object({
  id,
  name: z.string().trim(),
  status: Code,
  status_name: optional(text),
  group: optional(z.string().trim()),
});

const UpdatePart = z
  .object({
    id,
    message: optional(text),
    status: optional(Code),
    created: optional(Moment),
    created_at: optional(Moment),
  })
  .transform(({ created, created_at, ...part }) => ({ ...part, at: created ?? created_at }))
  .refine((part): part is typeof part & { at: string } => part.at !== undefined, "an update has a time")
  .transform(({ id, message: body = "", status, at }): Update => ({ id, status: wordOf(status), body, at }));

const Affected = z
  .object({ id, name: z.string().trim() })
  .transform(({ id, name }): AffectedComponent => ({ id, name }));

const AffairPart = z.object({
  id,
  name: z.string().trim(),
  message: optional(text),
  status: optional(Code),
  latest_status: optional(Code),
  human_status: optional(text),
  occurred: optional(Moment),
  occurred_at: optional(Moment),
  created: optional(Moment),
  created_at: optional(Moment),
  updated: optional(Moment),
  updated_at: optional(Moment),
  scheduled: optional(Moment),
  scheduled_at: optional(Moment),
  completed: optional(Moment),
  completed_at: optional(Moment),
  permalink: optional(text),
  components: list(Affected),
  updates: list(UpdatePart),
});
type AffairPart = z.infer<typeof AffairPart>;

const Poll = z.object({
  data: z.array(z.unknown()),
  included: list(Resource),
  links: optional(z.object({ next: z.unknown().optional() })),
  meta: optional(z.object({ pagination: z.object({ total_pages: z.number() }) })),
});

const Push = z.object({ event: z.string().regex(/^[a-z_]{1,60}$/), body: z.unknown() });

const pages = "per_page=100";

/** Cachet 2 and 3, polled, and 3 pushed. https://docs.cachethq.io/api-reference and cachethq/core. */
export const cachet: Format = {
  ways: [
    [
      `/api/components?${pages}&include=group`,
      `/api/incidents?${pages}&include=components,updates`,
      `/api/schedules?${pages}&sort=-scheduled_at&include=components,updates`,
    ],
    [
      `/api/v1/components?${pages}`,
      `/api/v1/incidents?${pages}&sort=id&order=desc`,
      `/api/v1/schedules?${pages}&sort=id&order=desc`,
    ],
  ],
  adapt: (payload) => (has(payload, "event") ? push(payload) : poll(payload)),
};

function poll(payload: unknown): Snapshot {
  const { data, included, links, meta } = parsePayload(Poll, payload);
  const isLastPage = !links?.next && (meta?.pagination.total_pages ?? 1) <= 1;
  const entries = data.map((entry) => flat(entry, included.entries));
  const read = <Output>(part: z.ZodType<Output>): Listed<Output> => {
    const listed = list(part).parse(entries);
    return { ...listed, whole: listed.whole && isLastPage };
  };
  return said(kindOf(data[0]), read);
}

// No Cachet page says which of its lists an empty one is; it speaks of nothing then.
function said(kind: string | undefined, read: <Output>(part: z.ZodType<Output>) => Listed<Output>): Snapshot {
  if (kind === "components") {
    const rows = read(ComponentPart);
    const spoken = { ...silent.coverage, components: coverage(rows) };
    return { ...silent, page: {}, coverage: spoken, components: rows.entries.map(component) };
  }
  const affairs = read(AffairPart);
  if (kind === "schedules") {
    const spoken = { ...silent.coverage, maintenances: coverage(affairs) };
    return { ...silent, page: {}, coverage: spoken, maintenances: affairs.entries.map(schedule) };
  }
  if (kind !== "incidents") return { ...silent, page: {} };
  return {
    ...silent,
    page: {},
    coverage: { ...silent.coverage, incidents: coverage(affairs) },
    incidents: affairs.entries.filter((part) => !isPlanned(part)).map(incident),
    maintenances: affairs.entries.filter(isPlanned).map(schedule),
  };
}

function kindOf(entry: unknown): string | undefined {
  if (has(entry, "type") && has(entry, "attributes")) return String(entry.type);
  if (has(entry, "completed_at")) return "schedules";
  if (has(entry, "human_status") || has(entry, "message")) return "incidents";
  return has(entry, "status") ? "components" : undefined;
}

function attributesOf(said: unknown): object {
  return typeof said === "object" && said !== null ? said : {};
}

function push(payload: unknown): Snapshot {
  const { event, body } = parsePayload(Push, payload);
  const told =
    has(body, "attributes") && has(body, "id") ? { ...attributesOf(body.attributes), id: body.id } : body;
  if (/^incident_(created|updated)$/.test(event)) {
    return { ...silent, page: {}, incidents: [incident(parsePayload(AffairPart, told))] };
  }
  // A change of status alone comes without the component's name; the update that comes with it has both.
  if (/^component_(created|updated)$/.test(event)) {
    return { ...silent, page: {}, components: [component(parsePayload(ComponentPart, told))] };
  }
  return { ...silent, page: {} };
}

function component({
  id,
  name,
  status: { value, human },
  status_name,
  group,
}: z.infer<typeof ComponentPart>): Component {
  const status = componentStatus(value);
  return { id, name, status, ...raw(status, status_name ?? human ?? value), ...defined({ group }) };
}

// Version 2.3 lists what is planned among its incidents.
function isPlanned({ status, scheduled_at }: AffairPart): boolean {
  return status?.value === "0" && scheduled_at !== undefined;
}

function incident(part: AffairPart): Incident {
  const { value = "", human } = part.latest_status ?? part.status ?? {};
  const status = incidentStatus(value);
  const common = affair(part);
  const startedAt = part.occurred ?? part.occurred_at ?? part.created ?? part.created_at;
  const resolvedAt = common.updates.findLast((update) => update.status === "resolved")?.at;
  return {
    ...common,
    status,
    ...raw(status, part.human_status ?? human ?? value),
    impact: "unknown",
    ...defined({ startedAt, resolvedAt: status === "resolved" ? resolvedAt : undefined }),
  };
}

function schedule(part: AffairPart): Maintenance {
  const { value = "", human } = part.status ?? {};
  const status = maintenanceStatus(value);
  return {
    ...affair(part),
    status,
    ...raw(status, part.human_status ?? human ?? value),
    impact: "maintenance",
    ...defined({
      scheduledFor: part.scheduled ?? part.scheduled_at,
      scheduledUntil: part.completed ?? part.completed_at,
    }),
  };
}

// What an incident was opened with is its message, apart from the updates that followed.
function affair({
  id,
  name: title,
  message,
  status,
  permalink: url,
  components,
  updates: followed,
  ...part
}: AffairPart) {
  const at = part.occurred ?? part.occurred_at ?? part.created ?? part.created_at;
  // Only version 2 keeps the state in which it was opened, beside the latest.
  const state = part.latest_status ? wordOf(status) : "";
  const opening: Update[] = message && at ? [{ id: "opening", status: state, body: message, at }] : [];
  const updates = history([...opening, ...followed.entries]);
  const updatedAt = part.updated ?? part.updated_at ?? updates.at(-1)?.at;
  return { id, title, components: components.entries, updates, ...defined({ updatedAt, url }) };
}

function wordOf(status: z.infer<typeof Code> | undefined): string {
  if (status === undefined) return "";
  const ours = incidentStatus(status.value);
  return ours === "unknown" ? (status.human ?? status.value) : ours;
}
