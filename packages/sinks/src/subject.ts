import { createHash } from "node:crypto";
import type { Event } from "@statuswire/status";

/** What an event is about, the same for all events of one incident: `openai incident:01JX`. */
export function subjectOf({ provider, type, incident, maintenance, component }: Event): string {
  if (incident) return `${provider} incident:${incident.id}`;
  if (maintenance) return `${provider} maintenance:${maintenance.id}`;
  if (component) return `${provider} component:${component.id}`;
  return `${provider} ${type.startsWith("source.") ? "source" : "page"}`;
}

/** Texts as one name that any place takes: letters and digits, the same for the same texts. */
export function digest(...texts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 32);
}
