import type { Event } from "./event.ts";
import { type Known, nothing } from "./known.ts";
import type { AffectedComponent, Update } from "./snapshot.ts";

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
      type === "source.stale" || type === "network.lost"
        ? { ...known.page, stale: { since: timestamp, reason: status } }
        : pageAfter(known, type),
    components: component ? withOne(known.components, component.id, heard(component)) : known.components,
    incidents: incident
      ? withOne(known.incidents, incident.id, heard(completed(incident, known.incidents.get(incident.id), event)))
      : known.incidents,
    maintenances: maintenance
      ? withOne(
          known.maintenances,
          maintenance.id,
          heard(completed(maintenance, known.maintenances.get(maintenance.id), event)),
        )
      : known.maintenances,
  };
}

interface Course {
  updates: Update[];
  components: AffectedComponent[];
}

/** An incident or a maintenance of an event, with what earlier events said of it: an event carries only what is new with it. */
export function completed<A extends Course>(
  affair: A,
  before: Course | undefined,
  { omitted }: Pick<Event, "omitted">,
): A {
  if (!before) return affair;
  const areFewer = omitted?.components !== undefined && before.components.length > affair.components.length;
  return {
    ...affair,
    updates: inOrder([...before.updates, ...affair.updates]),
    components: areFewer ? before.components : affair.components,
  };
}

/** Each update once, as it was told last, the oldest first. */
export function inOrder(updates: readonly Update[]): Update[] {
  const byId = new Map(updates.map((update) => [update.id, update]));
  return [...byId.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function pageAfter({ page }: Known, type: Event["type"]): Known["page"] {
  if (type !== "source.recovered" && type !== "network.restored") return page;
  const { stale: _stale, ...rest } = page;
  return rest;
}

function withOne<Item>(items: ReadonlyMap<string, Item>, id: string, item: Item): ReadonlyMap<string, Item> {
  return new Map([...items, [id, item]]);
}
