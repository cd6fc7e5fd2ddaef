import type { Event } from "./event.ts";
import { inferredEnd } from "./kind.ts";
import { type Known, nothing } from "./known.ts";
import { type Passed, troubleOfIncident, troubleOfMaintenance } from "./past.ts";
import { recollect } from "./recollect.ts";
import { seconds } from "./stretches.ts";

/** A past as events tell it, and what they have said so far of what they are about. */
export interface Retold extends Passed {
  known: Known;
}

/**
 * A provider's past as its events tell it, oldest first, after what `past` has of earlier ones: what was declared. When the page was read, which components were listed,
 * and what a vendor corrected without a word is in no event.
 */
export function retold(events: readonly Event[], past?: Retold): Retold {
  const longer = {
    ...past,
    troubles: new Map(past?.troubles),
    turns: [...(past?.turns ?? [])],
    known: past?.known ?? nothing,
  };
  for (const event of events) retell(longer, event);
  return longer;
}

function retell(past: Retold, event: Event): void {
  const { incident, maintenance, component, timestamp, observedAt, inferred } = event;
  const memory = inferred ? { absent: inferredEnd } : {};
  past.known = recollect(past.known, event);
  const told = incident && past.known.incidents.get(incident.id);
  if (told && !told.unlisted)
    past.troubles.set(`incident:${told.id}`, troubleOfIncident({ ...told, ...memory }, new Map()));
  const planned = maintenance && past.known.maintenances.get(maintenance.id);
  if (planned) {
    const trouble = troubleOfMaintenance({ ...planned, ...memory }, new Map(), observedAt);
    past.troubles.set(`maintenance:${planned.id}`, trouble);
  }
  if (component) {
    const { id, from, status: to, updatedAt } = component;
    past.turns.push({ component: id, turn: { at: seconds(updatedAt ?? timestamp), from, to } });
  }
}
