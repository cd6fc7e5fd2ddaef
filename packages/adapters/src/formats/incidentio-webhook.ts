import { PayloadError, type Snapshot } from "@statuswire/status";
import { z } from "zod";
import { defined, has, id, identity, optional, parsePayload, raw, silent, text, time, word } from "../payload.ts";

// https://docs.incident.io/api-reference: the category of a status; its name is each account's own.
const category = word({
  triage: "investigating",
  live: "investigating",
  active: "investigating",
  learning: "resolved",
  "post-incident": "resolved",
  closed: "resolved",
});

const StatusPart = z.object({ category: z.string(), name: optional(text) });

const IncidentPart = z.object({
  id,
  name: z.string().trim(),
  incident_status: StatusPart,
  summary: optional(text),
  permalink: optional(text),
  created_at: optional(time),
  updated_at: time,
});

const Moved = z.object({ incident: IncidentPart, new_status: StatusPart, message: optional(text) });

const kinds = new Map<unknown, z.ZodType<Snapshot>>([
  ["public_incident.incident_created_v2", IncidentPart.transform((incident) => snapshot({ incident }))],
  ["public_incident.incident_updated_v2", IncidentPart.transform((incident) => snapshot({ incident }))],
  ["public_incident.incident_status_updated_v2", Moved.transform(snapshot)],
]);

/**
 * An event of incident.io's own webhooks: not a status page's, but a customer's, about its incidents.
 * Throws PayloadError for those that tell of no public incident, which is most of them.
 */
export function productEvent(payload: unknown): Snapshot {
  const type = has(payload, "event_type") ? String(payload.event_type).slice(0, 100) : "";
  const shape = kinds.get(type);
  if (shape && has(payload, type)) return parsePayload(shape, payload[type]);
  throw new PayloadError(
    `This is an incident.io product webhook (${type}), which tells nothing about a status page's incidents. ` +
      "Subscribe to public_incident.incident_created_v2, incident_updated_v2 and incident_status_updated_v2 only.",
  );
}

function snapshot({
  incident,
  new_status,
  message,
}: {
  incident: z.infer<typeof IncidentPart>;
  new_status?: z.infer<typeof StatusPart>;
  message?: string | undefined;
}): Snapshot {
  const theirs = new_status ?? incident.incident_status;
  const status = category(theirs.category);
  const body = message ?? incident.summary ?? "";
  const at = incident.updated_at;
  return {
    page: {},
    ...silent,
    incidents: [
      {
        id: incident.id,
        title: incident.name,
        status,
        ...raw(status, theirs.name ?? theirs.category),
        // Severities are each account's own words and ranks.
        impact: "unknown",
        unlisted: true,
        components: [],
        updates: [{ id: identity(theirs.category, body), status, body, at }],
        ...defined({ startedAt: incident.created_at, updatedAt: at, url: incident.permalink }),
      },
    ],
  };
}
