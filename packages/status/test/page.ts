import {
  apply,
  type Change,
  compare,
  type Comparison,
  type Component,
  type ComponentStatus,
  type Coverage,
  type Incident,
  type Known,
  type Maintenance,
  nothing,
  type Snapshot,
  type Update,
} from "../src/index.ts";

/** A time on the one morning on which all tests happen, in minutes after ten. */
export function at(minute: number): string {
  return new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
}

/** What a page says; in full, unless told otherwise. */
export function page(said: Partial<Omit<Snapshot, "coverage">>, coverage: Coverage = "full"): Snapshot {
  return {
    page: { name: "Acme" },
    components: [],
    incidents: [],
    maintenances: [],
    ...said,
    coverage: { components: coverage, incidents: coverage, maintenances: coverage },
  };
}

/** What a webhook says. */
export function push(said: Partial<Omit<Snapshot, "coverage">>): Snapshot {
  return page(said, "partial");
}

export function component(id: string, status: ComponentStatus, more: Partial<Component> = {}): Component {
  return { id, name: id, status, ...more };
}

/** An incident as of its newest update, which are given as `[minute, status]` and read `status at minute`. */
export function incident(id: string, course: readonly Told[], more: Partial<Incident> = {}): Incident {
  const updates = course.map(update);
  const newest = course.at(-1);
  return {
    id,
    title: `Trouble ${id}`,
    impact: "minor",
    components: [],
    updates,
    status: (newest?.[1] ?? "investigating") as Incident["status"],
    ...(newest ? { updatedAt: at(newest[0]) } : {}),
    ...more,
  };
}

export function maintenance(id: string, course: readonly Told[], more: Partial<Maintenance> = {}): Maintenance {
  const { status, ...rest } = incident(id, course);
  return { ...rest, impact: "maintenance", status: status as string as Maintenance["status"], ...more };
}

type Told = readonly [minute: number, status: string];

export function update([minute, status]: Told): Update {
  return { id: `${minute}`, status, body: `${status} at ${minute}`, at: at(minute) };
}

/** What is known after these snapshots, one a minute from ten o'clock, and what they changed. */
export function replay(...snapshots: readonly Snapshot[]): Comparison {
  return snapshots.reduce<Comparison>(
    ({ known, changes }, told, minute) => {
      const step = hear(known, told, minute);
      return { known: step.known, changes: [...changes, ...step.changes] };
    },
    { known: nothing, changes: [] },
  );
}

/** What is known after these snapshots. */
export function after(...snapshots: readonly Snapshot[]): Known {
  return replay(...snapshots).known;
}

/** A page that has been seen and was quiet. */
export function quiet(): Known {
  return apply(undefined, page({}), { at: at(-60), name: "acme" });
}

/** One snapshot heard at a minute. */
export function hear(known: Known, told: Snapshot, minute: number): Comparison {
  return compare(known, told, { at: at(minute), name: "acme" });
}

export function types(changes: readonly Change[]): string[] {
  return changes.map(({ type }) => type);
}
