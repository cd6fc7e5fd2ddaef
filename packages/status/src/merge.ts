import type { Component, Coverage, Snapshot } from "./snapshot.ts";

/** Several answers of one reading of a page as one snapshot. What one leaves open, another may fill in. */
export function merge(snapshots: readonly [Snapshot, ...Snapshot[]]): Snapshot {
  return snapshots.reduce((one, other) => ({
    page: { ...one.page, ...definedOf(other.page) },
    coverage: {
      components: fuller(one.coverage.components, other.coverage.components),
      incidents: fuller(one.coverage.incidents, other.coverage.incidents),
      maintenances: fuller(one.coverage.maintenances, other.coverage.maintenances),
    },
    components: byId([...one.components, ...other.components], joined),
    incidents: byId([...one.incidents, ...other.incidents], (_first, second) => second),
    maintenances: byId([...one.maintenances, ...other.maintenances], (_first, second) => second),
  }));
}

function fuller(one: Coverage, other: Coverage): Coverage {
  return one === "full" || other === "full" ? "full" : "partial";
}

function byId<Item extends { id: string }>(items: Item[], join: (first: Item, second: Item) => Item): Item[] {
  const merged = new Map<string, Item>();
  for (const item of items) {
    const known = merged.get(item.id);
    merged.set(item.id, known ? join(known, item) : item);
  }
  return [...merged.values()];
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

function definedOf<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
