import type { Event } from "./event.ts";
import { inferredEnd } from "./kind.ts";
import { type Passed, troubleOfIncident, troubleOfMaintenance } from "./past.ts";
import { seconds } from "./stretches.ts";

/**
 * A provider's past as its events tell it, oldest first, after what `past` has of earlier ones: what was declared. When the page was read, which components were listed,
 * and what a vendor corrected without a word is in no event.
 */
export function retold(events: readonly Event[], past: Passed = { troubles: new Map(), turns: [] }): Passed {
  const longer = { ...past, troubles: new Map(past.troubles), turns: [...past.turns] };
  for (const event of events) retell(longer, event);
  return longer;
}

function retell(past: Passed, { incident, maintenance, component, timestamp, observedAt, inferred }: Event): void {
  const memory = { toldAt: observedAt, ...(inferred ? { absent: inferredEnd } : {}) };
  if (incident && !incident.unlisted) {
    const known = { ...incident, ...memory, updatedAt: incident.updatedAt ?? timestamp };
    past.troubles.set(`incident:${incident.id}`, troubleOfIncident(known, new Map()));
  }
  if (maintenance) {
    const known = { ...maintenance, ...memory, updatedAt: maintenance.updatedAt ?? timestamp };
    past.troubles.set(`maintenance:${maintenance.id}`, troubleOfMaintenance(known, new Map(), observedAt));
  }
  if (component) {
    const { id, from, status: to, updatedAt } = component;
    past.turns.push({ component: id, turn: { at: seconds(updatedAt ?? timestamp), from, to } });
  }
}
