import type { Known, KnownComponent, KnownIncident, KnownMaintenance } from "./known.ts";
import { isDone, isOver } from "./snapshot.ts";
import { stateOfImpact } from "./state.ts";
import { isUnderWay, seconds, type Stretch, stretchesOfIncident, stretchesOfMaintenance } from "./stretches.ts";
import type { ComponentStatus } from "./words.ts";

/** How a component stood: as declared, or not listed at all. */
export type Standing = ComponentStatus | "absent";

/** A component that moved from one standing to another, at an epoch second. */
export interface Turn {
  at: number;
  from: Standing;
  to: Standing;
}

/** An incident or a maintenance, as far as days are counted from it. */
export interface Trouble {
  /** The state that it puts its provider in. */
  state: ComponentStatus;
  stretches: readonly Stretch[];
  /** The ids of the components that it names. */
  components: readonly string[];
}

/** All from which a provider's days are counted. */
export interface Past {
  /** Epoch seconds at which its page was first read; undefined while it never was. */
  since: number | undefined;
  /** When the page could not be read, or nobody read it. */
  gaps: readonly Stretch[];
  /** By the kind and id of the incident or maintenance. */
  troubles: ReadonlyMap<string, Trouble>;
  /** By component; in the order in which they were heard. The page's own word stands under `pageItself`. */
  turns: ReadonlyMap<string, readonly Turn[]>;
}

/** What one step of what is known adds to the past. Repeated in full, a trouble replaces what was said of it before. */
export interface Passed {
  since?: number;
  troubles: Map<string, Trouble>;
  turns: { component: string; turn: Turn }[];
}

/** Under this id stands what a page without components says of itself. */
export const pageItself = "";

/** What a step from one known state to the next, taken at `at`, adds to the past. Costs what has changed, not what is known. */
export function passed(before: Known, next: Known, at: string): Passed {
  const isFirst = next.page.baseline && !before.page.baseline;
  return {
    ...(isFirst ? { since: seconds(at) } : {}),
    troubles: new Map([...incidentsBetween(before, next, at), ...maintenancesBetween(before, next, at)]),
    turns: [...ownTurn(before, next, at), ...turnsBetween(before.components, next.components, at)],
  };
}

/** An incident as a trouble, given the components that its page lists. */
export function troubleOfIncident(incident: KnownIncident, components: Known["components"]): Trouble {
  const state = stateOfImpact[incident.impact];
  return { state, stretches: stretchesOfIncident(incident), components: named(incident, components) };
}

/** A maintenance likewise; `at` is when it was heard of. */
export function troubleOfMaintenance(
  maintenance: KnownMaintenance,
  components: Known["components"],
  at: string,
): Trouble {
  const stretches = stretchesOfMaintenance(maintenance, at);
  return { state: "under_maintenance", stretches, components: named(maintenance, components) };
}

function* incidentsBetween(before: Known, next: Known, at: string): Generator<[string, Trouble]> {
  if (before.incidents === next.incidents) return;
  for (const [id, incident] of next.incidents) {
    if (before.incidents.get(id) === incident || incident.unlisted) continue;
    yield [`incident:${id}`, troubleOfIncident(incident, next.components)];
  }
  for (const [id, incident] of before.incidents) {
    if (next.incidents.has(id) || isOver(incident) || incident.unlisted) continue;
    yield [`incident:${id}`, ended(troubleOfIncident(incident, before.components), at)];
  }
}

function* maintenancesBetween(before: Known, next: Known, at: string): Generator<[string, Trouble]> {
  if (before.maintenances === next.maintenances) return;
  for (const [id, maintenance] of next.maintenances) {
    if (before.maintenances.get(id) === maintenance || !hasRun(maintenance)) continue;
    yield [`maintenance:${id}`, troubleOfMaintenance(maintenance, next.components, at)];
  }
  for (const [id, maintenance] of before.maintenances) {
    if (next.maintenances.has(id) || !isUnderWay(maintenance)) continue;
    yield [`maintenance:${id}`, ended(troubleOfMaintenance(maintenance, before.components, at), at)];
  }
}

function hasRun(maintenance: KnownMaintenance): boolean {
  return isUnderWay(maintenance) || isDone(maintenance);
}

// A page that moved to another platform has ended nothing, but under its old id nothing more will be heard of it.
function ended(trouble: Trouble, at: string): Trouble {
  return {
    ...trouble,
    stretches: trouble.stretches.map(({ from, until = Math.max(from, seconds(at)) }) => ({ from, until })),
  };
}

function named({ components }: KnownIncident | KnownMaintenance, listed: Known["components"]): string[] {
  const ids = components.map(({ id, name }) => id ?? [...listed.values()].find((one) => one.name === name)?.id);
  return [...new Set(ids.filter((id) => id !== undefined))];
}

function* turnsBetween(
  before: ReadonlyMap<string, KnownComponent>,
  next: ReadonlyMap<string, KnownComponent>,
  at: string,
): Generator<Passed["turns"][number]> {
  if (before === next) return;
  for (const [id, { status: to, updatedAt }] of next) {
    const from = before.get(id)?.status ?? "absent";
    if (from !== to) yield { component: id, turn: { at: seconds(updatedAt), from, to } };
  }
  for (const [id, { status: from }] of before) {
    if (!next.has(id)) yield { component: id, turn: { at: seconds(at), from, to: "absent" } };
  }
}

function* ownTurn(before: Known, next: Known, at: string): Generator<Passed["turns"][number]> {
  const [from, to] = [ownStanding(before), ownStanding(next)];
  if (from === to) return;
  yield { component: pageItself, turn: { at: seconds(next.page.updatedAt ?? at), from, to } };
}

function ownStanding({ page: { indicator, baseline }, components }: Known): Standing {
  if (!baseline || indicator === undefined || components.size) return "absent";
  return indicator === "none" ? "operational" : stateOfImpact[indicator];
}
