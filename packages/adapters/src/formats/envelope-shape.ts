import { has } from "../payload.ts";

/** An incident with a title, one with a page and a component, or a provider's services. */
export type EnvelopeKind = "titled" | "paged" | "services";

const lists = ["meta", "status", "components", "incidents", "scheduled_maintenances"];

/** Which of the Python predecessor's envelopes a payload is, whatever else is in it; undefined when it may be another's. */
export function envelopeOf(payload: unknown): EnvelopeKind | undefined {
  if (has(payload, "provider") && has(payload, "data") && has(payload.data, "services")) return "services";
  if (has(payload, "incident_type") && has(payload, "incident")) return "titled";
  if (!has(payload, "page") || !has(payload, "incident") || isPush(payload)) return undefined;
  const { incident } = payload;
  return has(incident, "body") || (has(payload, "component") && has(incident, "name")) ? "paged" : undefined;
}

/** The envelope that a payload which nobody else knows can be read as: parts of it may be missing. */
export function nearestEnvelope(payload: unknown): EnvelopeKind | undefined {
  const kind = envelopeOf(payload);
  if (kind || isPush(payload)) return kind;
  const incident = has(payload, "incident") ? payload.incident : undefined;
  if (has(payload, "incident_type") || has(incident, "title") || has(incident, "message")) return "titled";
  const isAny = ["page", "component", "incident"].some((key) => has(payload, key));
  return isAny && !isPlatforms(payload) ? "paged" : undefined;
}

// A status page's own push lists its updates.
function isPush(payload: unknown): boolean {
  return (
    has(payload, "component_update") || (has(payload, "incident") && has(payload.incident, "incident_updates"))
  );
}

// What a status page answers has ids, and lists.
function isPlatforms(payload: unknown): boolean {
  return (
    ["page", "component", "incident"].some((key) => has(payload, key) && has(payload[key], "id")) ||
    lists.some((key) => has(payload, key))
  );
}
