import type { Component, Coverage, Incident, Maintenance, Page, Snapshot } from "./snapshot.ts";

/**
 * Several answers of one reading of a page as one snapshot, in which each thing stands once.
 * What one answer leaves open, another may fill in.
 */
export function merge(snapshots: readonly [Snapshot, ...Snapshot[]]): Snapshot {
  const fullest = (section: keyof Snapshot["coverage"]): Coverage =>
    snapshots.some(({ coverage }) => coverage[section] === "full") ? "full" : "partial";
  return {
    page: snapshots.reduce<Page>((page, told) => ({ ...page, ...definedOf(told.page) }), {}),
    coverage: {
      components: fullest("components"),
      incidents: fullest("incidents"),
      maintenances: fullest("maintenances"),
    },
    components: byId(
      snapshots.flatMap(({ components }) => components),
      joined,
    ),
    incidents: byId(
      snapshots.flatMap(({ incidents }) => incidents),
      newer,
    ),
    maintenances: byId(
      snapshots.flatMap(({ maintenances }) => maintenances),
      newer,
    ),
  };
}

function byId<Item extends { id: string }>(items: Item[], join: (first: Item, second: Item) => Item): Item[] {
  if (items.length < 2) return items;
  const merged = new Map<string, Item>();
  for (const item of items) {
    const known = merged.get(item.id);
    merged.set(item.id, known ? join(known, item) : item);
  }
  return [...merged.values()];
}

function newer<A extends Incident | Maintenance>(first: A, second: A): A {
  return first.updatedAt && second.updatedAt && second.updatedAt < first.updatedAt ? first : second;
}

// One endpoint may name the components, and another, which knows only ids, tell their states.
function joined(first: Component, second: Component): Component {
  const silent = second.status === "unknown" && second.rawStatus === undefined;
  return {
    ...first,
    ...definedOf(second),
    name: first.name === first.id ? second.name : first.name,
    status: silent ? first.status : second.status,
  };
}

/** The fields that say something. */
export function definedOf<Fields extends object>(fields: Fields): Partial<Fields> {
  const said: Partial<Fields> = {};
  for (const key in fields) if (fields[key] !== undefined) said[key] = fields[key];
  return said;
}
