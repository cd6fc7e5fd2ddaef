import type { Event } from "./event.ts";
import type { Known, KnownIncident, KnownMaintenance } from "./known.ts";
import { isDone, isOver } from "./snapshot.ts";

type Affair = KnownIncident | KnownMaintenance;

/** Whether what an event says may have been said already, by an incident or a maintenance of its provider. */
export function mayBeExplained({ type, initial }: Event): boolean {
  return !initial && (type === "component.changed" || type === "page.changed");
}

/** What has said already what the event says: an open incident, or a maintenance under way, that concerns it. */
export function explanationOf(event: Event, { incidents, maintenances }: Known): Affair | undefined {
  if (!mayBeExplained(event)) return undefined;
  const affairs: Affair[] = [...incidents.values(), ...maintenances.values()];
  // On a page whose incidents never name a component, each of them may be about any.
  const areNamed = affairs.some(({ components }) => components.length > 0);
  const running = [
    ...[...incidents.values()].filter((incident) => covers(endOfIncident(incident), event)),
    ...[...maintenances.values()].filter((maintenance) => covers(endOfMaintenance(maintenance), event)),
  ];
  return running.find((affair) => !areNamed || concerns(affair, event));
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
