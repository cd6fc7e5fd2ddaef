import type { AffectedComponent, Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import { defined, history, id, identity, list, optional, raw, text, time, word } from "../payload.ts";

const componentStatus = word({
  operational: "operational",
  degraded_performance: "degraded_performance",
  partial_outage: "partial_outage",
  major_outage: "major_outage",
  under_maintenance: "under_maintenance",
});
export const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
  postmortem: "postmortem",
});
export const maintenanceStatus = word({
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

export const PagePart = z
  .object({ id: optional(id), name: optional(text), url: optional(text), updated_at: optional(time) })
  .transform(({ updated_at, ...page }) => defined({ ...page, updatedAt: updated_at }));

export const StatusPart = z.object({ indicator: z.string().transform(impact) });

export const ComponentPart = z.object({
  id,
  name: z.string().trim(),
  status: z.string(),
  updated_at: optional(time),
  group: optional(z.boolean()),
  group_id: optional(id),
});
export type ComponentPart = z.infer<typeof ComponentPart>;

const AffectedPart = z
  .object({ id: optional(id), name: z.string().trim(), status: optional(z.string().transform(componentStatus)) })
  .transform((part): AffectedComponent => defined(part));

const AffectedByUpdatePart = z
  .object({
    code: optional(id),
    name: z.string().trim(),
    new_status: optional(z.string().transform(componentStatus)),
  })
  .transform(({ code, name, new_status }): AffectedComponent => defined({ id: code, name, status: new_status }));

// `display_at` is the time on the page, which the author may have set. Captures that were trimmed lack the ids, and relays
// may send no more than the text.
const UpdatePart = z
  .object({
    id: optional(id),
    status: optional(z.string()),
    body: optional(text),
    created_at: optional(time),
    display_at: optional(time),
    updated_at: optional(time),
    affected_components: list(AffectedByUpdatePart),
  })
  .refine(({ status, body }) => status !== undefined || body !== undefined, "an update has a status or a text")
  .transform(({ display_at, created_at, updated_at, affected_components, ...part }) => ({
    ...part,
    at: display_at ?? created_at ?? updated_at,
    affected: affected_components.entries,
  }));
type UpdatePart = z.infer<typeof UpdatePart>;

/** An incident or a maintenance: the same object under two names. */
export const AffairPart = z.object({
  id,
  name: z.string().trim(),
  status: z.string(),
  impact: optional(z.string()),
  created_at: optional(time),
  started_at: optional(time),
  updated_at: optional(time),
  resolved_at: optional(time),
  scheduled_for: optional(time),
  scheduled_until: optional(time),
  shortlink: optional(text),
  components: list(AffectedPart),
  incident_updates: list(UpdatePart),
});

/** One that is told by itself: where there is a text to tell, it needs neither a name nor a status, and keeps those that are known. */
export const LoneAffairPart = AffairPart.extend({
  name: optional(z.string().trim()),
  status: optional(text),
}).refine(
  ({ name, status, incident_updates: { entries } }) =>
    (name !== undefined && status !== undefined) || entries.some(({ body }) => body !== undefined),
  "an incident has a name and a status, or an update with a text",
);
type AffairPart = z.infer<typeof AffairPart> | z.infer<typeof LoneAffairPart>;

/** Incidents and maintenances that stand under one name, told apart. `at` is the time of what has none. */
export function affairs(parts: readonly AffairPart[], at: string): Pick<Snapshot, "incidents" | "maintenances"> {
  return {
    incidents: parts.filter((part) => !isMaintenance(part)).map((part) => incident(part, at)),
    maintenances: parts.filter(isMaintenance).map((part) => maintenance(part, at)),
  };
}

// Only a maintenance has a window, or a maintenance's states; its impact may be any.
function isMaintenance({ scheduled_for, status, incident_updates: { entries } }: AffairPart): boolean {
  const said = status === undefined ? entries.map((update) => update.status ?? "") : [status];
  return scheduled_for !== undefined || said.some((word) => maintenanceStatus(word) !== "unknown");
}

/** The state that it says, or its newest update. What is silent about it has no word that we could keep. */
function stateOf<Ours extends string>(
  words: (theirs: string) => Ours,
  { status: own, incident_updates: { entries } }: AffairPart,
) {
  const theirs = own ?? entries[0]?.status;
  const status = words(theirs ?? "");
  return { status, ...(theirs === undefined ? {} : raw(status, theirs)) };
}

function incident(part: AffairPart, at: string): Incident {
  const { started_at, created_at, resolved_at } = part;
  return {
    ...affair(part, at),
    ...stateOf(incidentStatus, part),
    ...defined({ startedAt: started_at ?? created_at, resolvedAt: resolved_at }),
  };
}

// A maintenance's `started_at` is its announcement; only the window tells when it happens.
export function maintenance(part: AffairPart, at: string): Maintenance {
  return {
    ...affair(part, at),
    ...stateOf(maintenanceStatus, part),
    ...defined({ scheduledFor: part.scheduled_for, scheduledUntil: part.scheduled_until }),
  };
}

function affair(part: AffairPart, at: string) {
  const { id, name = "", shortlink, updated_at, components } = part;
  const told = inFull(part, at);
  // Newest first as sent, which is all that tells the order of two of one moment.
  const updates = history(told.map(({ update }) => update).reverse());
  const newestFirst = told.toSorted((a, b) => (a.update.at > b.update.at ? -1 : 1));
  const affected = newestFirst.find((entry) => entry.affected.length)?.affected ?? [];
  return {
    id,
    title: name,
    impact: impact(part.impact ?? ""),
    components: components.entries.length ? components.entries : affected,
    updates,
    ...defined({ updatedAt: updated_at ?? updates.at(-1)?.at, url: shortlink }),
  };
}

/**
 * The updates as sent, newest first. What one lacks it has of its neighbours, or of the whole. Where these say nothing of
 * its state, it is "": whoever knows the incident knows more.
 */
function inFull({ status, updated_at, incident_updates: { entries } }: AffairPart, at: string) {
  const statusBefore = (index: number) => entries.slice(index).find((older) => older.status)?.status;
  let newer = updated_at ?? at;
  return entries.map((part, index) => {
    newer = part.at ?? newer;
    const word = part.status ?? (index === 0 ? status : statusBefore(index)) ?? "";
    const update: Update = { id: part.id ?? identityOf(part), status: word, body: part.body ?? "", at: newer };
    return { update, affected: part.affected };
  });
}

function identityOf({ status, body, at }: UpdatePart): string {
  const facts = status !== undefined && at !== undefined ? [status, at] : [at, body ?? status];
  return identity(...facts.filter((fact) => fact !== undefined));
}

/** Components without the groups that stand among them: a group's state is derived from its children's. */
export function components(parts: readonly ComponentPart[]): Component[] {
  const groups = new Map(parts.filter(({ group }) => group).map(({ id, name }) => [id, name]));
  return parts
    .filter(({ group }) => !group)
    .map(({ id, name, status, group_id, updated_at }) =>
      named({ id, name, group: groups.get(group_id ?? ""), updatedAt: updated_at }, status),
    );
}

/** A component in the state that a vendor's word says. */
export function named({ id, name, group, from, updatedAt }: Omit<Component, "status">, theirs: string): Component {
  const status = componentStatus(theirs);
  // In one piece: spread together from several, a page of 55 took 158 µs to read, not 93.
  return defined({
    id,
    name,
    status,
    rawStatus: status === "unknown" ? theirs : undefined,
    group,
    from,
    updatedAt,
  });
}
