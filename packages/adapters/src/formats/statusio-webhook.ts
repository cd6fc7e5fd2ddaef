import type { Incident, Maintenance, Snapshot } from "@statuswire/status";
import { z } from "zod";
import { defined, id, list, optional, raw, silent, text, time } from "../payload.ts";
import { stateAt } from "../window.ts";
import { Affected, Code, componentStatus, impact, incidentStatus } from "./statusio-parts.ts";

const Message = z.object({
  id,
  message_id: id,
  title: z.string().trim(),
  datetime: time,
  datetime_start: optional(time),
  datetime_end: optional(time),
  datetime_resolve: optional(time),
  current_status: optional(Code),
  current_state: optional(Code),
  components: list(Affected),
  details: optional(text),
  incident_url: optional(text),
  maintenance_url: optional(text),
  status_page_url: optional(text),
});
type Message = z.infer<typeof Message>;

/** What a webhook says: one message about one incident or maintenance. */
export const Push = Message.transform((part): Snapshot => {
  const page = defined({ url: part.status_page_url });
  const isMaintenance = part.maintenance_url !== undefined || part.datetime_end !== undefined;
  return isMaintenance
    ? { ...silent, page, maintenances: [maintenance(part)] }
    : { ...silent, page, incidents: [incident(part)] };
});

function incident(part: Message): Incident {
  const { current_state: theirs = "", datetime_start: startedAt, datetime_resolve: resolvedAt } = part;
  const status = resolvedAt ? "resolved" : incidentStatus(theirs);
  return {
    ...affair(part, status),
    status,
    ...(theirs ? raw(status, theirs) : {}),
    impact: impact(part.current_status ?? ""),
    ...defined({ startedAt, resolvedAt, url: part.incident_url }),
  };
}

// A message about a maintenance has a window and no state; its own time tells where in the window it was written.
function maintenance(part: Message): Maintenance {
  const { datetime_start: from, datetime_end: until } = part;
  const status = from ? stateAt({ from, until }, part.datetime) : "unknown";
  return {
    ...affair(part, status),
    status,
    impact: "maintenance",
    ...defined({ scheduledFor: from, scheduledUntil: until, url: part.maintenance_url }),
  };
}

function affair(
  { id, message_id, title, datetime: at, details, components, current_status }: Message,
  status: string,
) {
  const now = current_status === undefined ? undefined : componentStatus(current_status);
  return {
    id,
    title,
    components: components.entries.map((component) => ({ ...component, ...defined({ status: now }) })),
    updates: [{ id: message_id, status, body: details ?? "", at }],
    updatedAt: at,
  };
}
