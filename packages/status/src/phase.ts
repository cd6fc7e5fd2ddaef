import type { Event } from "./event.ts";
import { inWords } from "./words.ts";

/** Where in the course of its subject an event stands: something begins, goes on, or is over. */
export type Phase = "onset" | "course" | "end";

const phases: Partial<Readonly<Record<Event["type"], Phase>>> = {
  "incident.opened": "onset",
  "incident.reopened": "onset",
  "maintenance.scheduled": "onset",
  "maintenance.started": "onset",
  "source.stale": "onset",
  "source.migrated": "onset",
  "network.lost": "onset",
  "incident.resolved": "end",
  "incident.postmortem": "end",
  "maintenance.completed": "end",
  "maintenance.cancelled": "end",
  "component.settled": "end",
  "source.recovered": "end",
  "network.restored": "end",
};

/** Where in the course of its subject an event stands. */
export function phaseOf({ type, component, status }: Event): Phase {
  if (type === "page.changed") return status === inWords("operational") ? "end" : "onset";
  if (type !== "component.changed" || !component) return phases[type] ?? "course";
  if (component.status === "operational") return "end";
  return component.from === "operational" ? "onset" : "course";
}
