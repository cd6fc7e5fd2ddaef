import type { Component, Incident, Maintenance, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Told } from "../format.ts";
import { defined, history, id, list, optional, parsePayload, raw, silent, text, time } from "../payload.ts";
import { stateAt } from "../window.ts";
import { componentStatus, indicator } from "./betterstack-words.ts";

// Webhooks name the state of the page, never that of the incident.
const PushAffair = z.object({
  id,
  name: z.string().trim(),
  created_at: optional(time),
  updated_at: optional(time),
  started_at: optional(time),
  resolved_at: optional(time),
  scheduled_for: optional(time),
  scheduled_until: optional(time),
  starts_at: optional(time),
  ends_at: optional(time),
  shortlink: optional(text),
  incident_updates: list(z.object({ id, body: optional(text), created_at: time })),
  maintenance_updates: list(z.object({ id, body: optional(text), created_at: time })),
});
type PushAffair = z.infer<typeof PushAffair>;

const PushPage = z
  .object({ id: optional(id), status_indicator: optional(z.string().transform(indicator)) })
  .transform(({ id, status_indicator }) => defined({ id, indicator: status_indicator }));

const Push = z.object({
  event_type: z.string(),
  page: PushPage,
  incident: z.unknown().optional(),
  maintenance: z.unknown().optional(),
  component: z.unknown().optional(),
  component_update: z.unknown().optional(),
});

const PushComponent = z.object({
  component: z.object({ id, name: z.string().trim() }),
  component_update: z.object({
    old_status: optional(z.string()),
    new_status: z.string(),
    created_at: optional(time),
  }),
});

/** What a webhook says. Throws PayloadError when it is not Better Stack's. */
export function pushed(payload: unknown, { at }: Told): Snapshot {
  const { page, incident: outage, maintenance: work, component_update: move } = parsePayload(Push, payload);
  if (move !== undefined) return { ...silent, page, components: [component(payload)] };
  if (work !== undefined)
    return { ...silent, page, maintenances: [maintenance(parsePayload(PushAffair, work), at)] };
  return { ...silent, page, incidents: [incident(parsePayload(PushAffair, outage))] };
}

function incident(part: PushAffair): Incident {
  const { resolved_at: resolvedAt } = part;
  const startedAt = part.started_at ?? part.created_at;
  const status = resolvedAt ? "resolved" : "unknown";
  return { ...affair(part), status, impact: "unknown", ...defined({ startedAt, resolvedAt }) };
}

function maintenance(part: PushAffair, at: string): Maintenance {
  const from = part.scheduled_for ?? part.starts_at;
  const until = part.scheduled_until ?? part.ends_at;
  const status = from ? stateAt({ from, until }, at) : "unknown";
  return {
    ...affair(part),
    status,
    impact: "maintenance",
    ...defined({ scheduledFor: from, scheduledUntil: until }),
  };
}

function affair({ id, name, shortlink, updated_at, incident_updates, maintenance_updates }: PushAffair) {
  const said = [...incident_updates.entries, ...maintenance_updates.entries];
  const updates = history(said.map(({ id, body = "", created_at: at }) => ({ id, status: "", body, at })));
  const updatedAt = updated_at ?? updates.at(-1)?.at;
  return { id, title: name, components: [], updates, ...defined({ updatedAt, url: shortlink }) };
}

function component(payload: unknown): Component {
  const { component, component_update: move } = parsePayload(PushComponent, payload);
  const status = componentStatus(move.new_status);
  const from = move.old_status === undefined ? undefined : componentStatus(move.old_status);
  return {
    ...component,
    status,
    ...raw(status, move.new_status),
    ...defined({ from, updatedAt: move.created_at }),
  };
}
