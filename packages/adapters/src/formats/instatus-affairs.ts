import type { AffectedComponent, Incident, Maintenance, Update } from "@statuswire/status";
import { z } from "zod";
import { fromRfc822 } from "../dates.ts";
import { defined, history, id, instant, list, optional, raw, text, time, word } from "../payload.ts";
import { componentStatus, Label } from "./instatus-components.ts";

const incidentStatus = word({
  INVESTIGATING: "investigating",
  IDENTIFIED: "identified",
  MONITORING: "monitoring",
  RESOLVED: "resolved",
});
export const maintenanceStatus = word({
  NOTSTARTEDYET: "scheduled",
  INPROGRESS: "in_progress",
  VERIFYING: "verifying",
  COMPLETED: "completed",
});
const impact = word({
  OPERATIONAL: "none",
  UNDERMAINTENANCE: "maintenance",
  DEGRADEDPERFORMANCE: "minor",
  MINOROUTAGE: "minor",
  PARTIALOUTAGE: "major",
  MAJOROUTAGE: "critical",
});

// Version 1 prints JavaScript dates: `Sat Jun 11 2022 18:55:50 GMT+0000 (Coordinated Universal Time)`.
const at = z
  .string()
  .transform((said) => {
    const [, month, day, year, clock, zone] =
      /^\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})/.exec(said) ?? [];
    return fromRfc822(`${day} ${month} ${year} ${clock} ${zone}`) ?? said;
  })
  .pipe(time);

const Minutes = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .pipe(z.number().min(0).max(1e7));

const UpdatePart = z
  .object({ id, status: z.string(), body: optional(text), message: optional(text), created_at: optional(time) })
  .extend({ createdAt: optional(time), started: optional(time) })
  .transform((part) => ({ ...part, at: part.created_at ?? part.started ?? part.createdAt }))
  .refine((part): part is typeof part & { at: string } => part.at !== undefined, "an update has a time");
type UpdatePart = z.infer<typeof UpdatePart>;

// Version 1 gives no id; it stands at the end of the incident's address.
export const AffairPart = z
  .object({
    id: optional(id),
    name: Label,
    status: z.string(),
    impact: optional(z.string()),
    started: optional(at),
    start: optional(at),
    created_at: optional(time),
    updatedAt: optional(at),
    updated_at: optional(time),
    resolved: optional(at),
    resolved_at: optional(time),
    duration: optional(Minutes),
    url: optional(text),
    components: list(
      z.object({
        id: optional(id),
        name: optional(Label),
        status: optional(z.string().transform(componentStatus)),
      }),
    ),
    updates: list(UpdatePart),
    incident_updates: list(UpdatePart),
    maintenance_updates: list(UpdatePart),
  })
  .transform((part) => ({ ...part, id: part.id ?? part.url?.split("/").at(-1) }))
  .refine((part): part is typeof part & { id: string } => Boolean(part.id), "nothing identifies it");
export type AffairPart = z.infer<typeof AffairPart>;

type Affected = AffairPart["components"]["entries"][number];
type Names = ReadonlyMap<string, string>;

export function incident(part: AffairPart, names?: Names): Incident {
  const status = incidentStatus(part.status);
  const startedAt = part.started ?? part.created_at;
  const resolvedAt = part.resolved ?? part.resolved_at;
  return { ...affair(part, names), status, ...raw(status, part.status), ...defined({ startedAt, resolvedAt }) };
}

export function maintenance(part: AffairPart, names?: Names): Maintenance {
  const status = maintenanceStatus(part.status);
  const { start: scheduledFor, duration } = part;
  const until = scheduledFor === undefined ? NaN : Date.parse(scheduledFor) + (duration ?? NaN) * 60_000;
  return {
    ...affair(part, names),
    impact: part.impact === undefined ? "maintenance" : impact(part.impact),
    status,
    ...raw(status, part.status),
    ...defined({ scheduledFor, scheduledUntil: instant(until) }),
  };
}

function affair(part: AffairPart, names: Names = new Map()) {
  const said = [part.updates, part.incident_updates, part.maintenance_updates].flatMap(({ entries }) => entries);
  const updates = history(said.map(update));
  const updatedAt = part.updatedAt ?? part.updated_at ?? updates.at(-1)?.at;
  return {
    id: part.id,
    title: part.name,
    impact: impact(part.impact ?? ""),
    components: part.components.entries.flatMap((component) => affected(component, names)),
    updates,
    ...defined({ updatedAt, url: part.url }),
  };
}

// Where a page names them elsewhere, an affected component is only its id.
function affected({ id, name, status }: Affected, names: Names): AffectedComponent[] {
  const known = name || names.get(id ?? "");
  return known ? [{ name: known, ...defined({ id, status }) }] : [];
}

function update({ id, status: theirs, body, message, at }: UpdatePart): Update {
  const ours = incidentStatus(theirs) === "unknown" ? maintenanceStatus(theirs) : incidentStatus(theirs);
  return { id, status: ours === "unknown" ? theirs : ours, body: body ?? message ?? "", at };
}
