import type { Event } from "./event.ts";
import type { Known, KnownIncident, KnownMaintenance } from "./known.ts";
import { isDone, isOver } from "./snapshot.ts";

/** What the configuration and the queue call the sink that is always there. */
export const consoleName = "console";

interface Circumstances {
  sinks: readonly string[];
  /** What is known of the event's provider; only asked for where `dependsOnKnown`. */
  known?: Known | undefined;
}

/**
 * The sinks that an event goes to. The first look at a page is no news to anyone. The console gets everything else; the
 * others don't get what an incident or a maintenance has told already.
 */
export function route(event: Event, { sinks, known }: Circumstances): string[] {
  if (event.initial) return [];
  const isRepetition = known !== undefined && dependsOnKnown(event) && isExplained(event, known);
  return isRepetition ? sinks.filter((name) => name === consoleName) : [...sinks];
}

/** Whether where an event goes depends on what is known of its provider. */
export function dependsOnKnown({ type, initial }: Event): boolean {
  return !initial && (type === "component.changed" || type === "page.changed");
}

type Affair = KnownIncident | KnownMaintenance;

// On a page whose incidents never name a component, each of them may be about any.
function isExplained(event: Event, { incidents, maintenances }: Known): boolean {
  const affairs: Affair[] = [...incidents.values(), ...maintenances.values()];
  const areNamed = affairs.some(({ components }) => components.length > 0);
  const running = [
    ...[...incidents.values()].filter((incident) => covers(endOfIncident(incident), event)),
    ...[...maintenances.values()].filter((maintenance) => covers(endOfMaintenance(maintenance), event)),
  ];
  return running.some((affair) => !areNamed || concerns(affair, event));
}

/** Pages turn green within minutes of saying that it is over: the one says what the other says. */
const afterglowMs = 10 * 60 * 1000;

// A notice that no page lists is ended by nobody, and would explain for ever.
function endOfIncident(incident: KnownIncident): number {
  if (incident.unlisted) return Number.NEGATIVE_INFINITY;
  return isOver(incident) ? Date.parse(incident.resolvedAt ?? incident.updatedAt) : Number.POSITIVE_INFINITY;
}

function endOfMaintenance({ unlisted, status, updatedAt }: KnownMaintenance): number {
  if (unlisted || status === "cancelled") return Number.NEGATIVE_INFINITY;
  if (isDone({ status })) return Date.parse(updatedAt);
  return status === "in_progress" || status === "verifying" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function covers(end: number, { timestamp, component }: Event): boolean {
  return Date.parse(timestamp) <= end + (component?.status === "operational" ? afterglowMs : 0);
}

function concerns({ components }: Affair, { component }: Event): boolean {
  if (!component) return true;
  return components.some(({ id, name }) => (id === undefined ? name === component.name : id === component.id));
}
