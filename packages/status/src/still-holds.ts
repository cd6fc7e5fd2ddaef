import type { Event } from "./event.ts";
import type { Known } from "./known.ts";
import { isDone, isOver } from "./snapshot.ts";

/** Whether what an event told is so still, by what is known of its provider now. What is no longer known is not. */
export function stillHolds({ type, incident, maintenance, component }: Event, known: Known): boolean {
  if (incident) return isOpen(known.incidents.get(incident.id), isOver);
  if (maintenance) return isOpen(known.maintenances.get(maintenance.id), isDone);
  if (component) return (known.components.get(component.id)?.status ?? "operational") !== "operational";
  if (type === "source.stale" || type === "network.lost") return known.page.stale !== undefined;
  if (type === "page.changed") return (known.page.indicator ?? "none") !== "none";
  return true;
}

function isOpen<Affair>(affair: Affair | undefined, isEnded: (affair: Affair) => boolean): boolean {
  return affair !== undefined && !isEnded(affair);
}
