import type { Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import { utcTime } from "../iso.ts";
import { defined, id, optional, parsePayload, raw, silent, text, word } from "../payload.ts";

// Freshstatus says that an incident is open, never how far they are with it.
const incidentStatus = word({ Open: "investigating", Closed: "resolved" });
const maintenanceStatus = word({
  Planned: "scheduled",
  Open: "in_progress",
  Closed: "completed",
  Completed: "completed",
});

// Values are Python's, as text: `None`, `True`, `2021-04-12 16:29:00+00:00`. A page's owner chooses which are sent.
const Push = z
  .object({
    id,
    incident_id: optional(id),
    maintenance_id: optional(id),
    title: z.string().trim(),
    status: optional(text),
    incident_status: optional(text),
    maintenance_status: optional(text),
    message: optional(text),
    description: optional(text),
    affected_services: optional(text),
    start_time: optional(utcTime),
    end_time: optional(utcTime),
    scheduled_start_time: optional(utcTime),
    scheduled_end_time: optional(utcTime),
    event_data: optional(
      z.object({
        event_id: optional(id),
        event_type: optional(text),
        event_created_on: optional(utcTime),
        account_id: optional(id),
        account_name: optional(text),
      }),
    ),
  })
  .refine(
    (part) => part.event_data?.event_type ?? part.status ?? part.incident_status,
    "neither an event nor a status",
  );
type Push = z.infer<typeof Push>;

/** Freshstatus, pushed. Zulip's fixtures. */
export const freshstatus: Format = {
  ways: [],
  adapt: (payload, told) => snapshot(parsePayload(Push, payload), told),
};

function snapshot(part: Push, told: Told): Snapshot {
  const page = defined({ id: part.event_data?.account_id, name: part.event_data?.account_name });
  return isMaintenance(part)
    ? { ...silent, page, maintenances: [maintenance(part, told)] }
    : { ...silent, page, incidents: [incident(part, told)] };
}

function isMaintenance({ event_data, maintenance_id, scheduled_start_time }: Push): boolean {
  const kind = event_data?.event_type;
  if (kind !== undefined) return kind.startsWith("MAINTENANCE");
  return maintenance_id !== undefined || scheduled_start_time !== undefined;
}

function incident(part: Push, told: Told): Incident {
  const theirs = part.incident_status ?? part.status;
  const isClosed = part.event_data?.event_type === "INCIDENT_CLOSED";
  const status = isClosed ? "resolved" : incidentStatus(theirs ?? "");
  return {
    ...affair(part, told),
    id: part.incident_id ?? part.id,
    status,
    ...(theirs === undefined ? {} : raw(status, theirs)),
    impact: "unknown",
    ...defined({ startedAt: part.start_time, resolvedAt: status === "resolved" ? part.end_time : undefined }),
  };
}

function maintenance(part: Push, told: Told): Maintenance {
  const theirs = part.maintenance_status ?? part.status;
  const isClosed = part.event_data?.event_type === "MAINTENANCE_CLOSED";
  const status = isClosed ? "completed" : maintenanceStatus(theirs ?? "");
  return {
    ...affair(part, told),
    id: part.maintenance_id ?? part.incident_id ?? part.id,
    status,
    ...(theirs === undefined ? {} : raw(status, theirs)),
    impact: "maintenance",
    ...defined({ scheduledFor: part.scheduled_start_time, scheduledUntil: part.scheduled_end_time }),
  };
}

// A note's `id` is its own. Names of services stand in one text, so a comma in a name parts it.
function affair(
  { id, title, message, description, affected_services = "", event_data, ...part }: Push,
  { at: heardAt }: Told,
) {
  const at = event_data?.event_created_on ?? heardAt;
  const body = message ?? description;
  const isNote = message !== undefined;
  const status = part.incident_status ?? part.status ?? "";
  const updates: Update[] = body ? [{ id: isNote ? id : (event_data?.event_id ?? id), status, body, at }] : [];
  const names = affected_services.split(",").map((name) => name.trim());
  return { title, components: names.filter(Boolean).map((name) => ({ name })), updates, updatedAt: at };
}
