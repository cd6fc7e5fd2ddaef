import type { Event } from "./event.ts";

/** What an event is about, the same for all events of one incident: `openai incident:01JX`. */
export function subjectOf({ id, provider, type, incident, maintenance, component, product }: Event): string {
  if (type === "digest") return `digest ${id}`;
  if (type === "sink.failing" || type === "sink.disabled") return product;
  if (type.startsWith("network.")) return `${provider} network`;
  if (incident) return `${provider} incident:${incident.id}`;
  if (maintenance) return `${provider} maintenance:${maintenance.id}`;
  if (component) return `${provider} component:${component.id}`;
  return `${provider} ${type.startsWith("source.") ? "source" : "page"}`;
}
