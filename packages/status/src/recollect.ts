import type { Event } from "./event.ts";
import { type Known, nothing } from "./known.ts";

/** What is known of a provider after an event, as far as events tell it. */
export function recollect(known: Known = nothing, event: Event): Known {
  const { incident, maintenance, component, type, timestamp, observedAt: toldAt, status } = event;
  const heard = <Item extends { updatedAt?: string | undefined }>(item: Item) => ({
    ...item,
    toldAt,
    updatedAt: item.updatedAt ?? timestamp,
  });
  return {
    page:
      type === "source.stale"
        ? { ...known.page, stale: { since: timestamp, reason: status } }
        : pageAfter(known, type),
    components: component ? withOne(known.components, component.id, heard(component)) : known.components,
    incidents: incident ? withOne(known.incidents, incident.id, heard(incident)) : known.incidents,
    maintenances: maintenance
      ? withOne(known.maintenances, maintenance.id, heard(maintenance))
      : known.maintenances,
  };
}

function pageAfter({ page }: Known, type: Event["type"]): Known["page"] {
  if (type !== "source.recovered") return page;
  const { stale: _stale, ...rest } = page;
  return rest;
}

function withOne<Item>(items: ReadonlyMap<string, Item>, id: string, item: Item): ReadonlyMap<string, Item> {
  return new Map([...items, [id, item]]);
}
