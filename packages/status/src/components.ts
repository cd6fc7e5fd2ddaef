import type { Scope } from "./scope.ts";
import { clockOf, keyOf } from "./change.ts";
import { type Draft, draftOf } from "./draft.ts";
import type { Change } from "./event.ts";
import type { KnownComponent } from "./known.ts";
import type { Component, Snapshot } from "./snapshot.ts";
import { type ComponentStatus, inWords } from "./words.ts";

interface Compared {
  next: ReadonlyMap<string, KnownComponent>;
  changes: Change[];
}

/** What a snapshot changes about components. Names may change unannounced; states may not. */
export function compareComponents(
  known: ReadonlyMap<string, KnownComponent>,
  told: Snapshot,
  scope: Scope,
): Compared {
  const next = draftOf(known);
  const changes: Change[] = [];
  const isFull = told.coverage.components === "full";
  const isOld = isFull && scope.at < scope.readAt;
  const take = (component: Component, inferred: boolean) => {
    const before = next.get(component.id);
    if (before && isOld && !component.updatedAt) return;
    const after = hear(before, component, scope);
    if (after === before) return;
    next.set(component.id, after);
    const from = before?.status ?? component.from ?? (after.status === "operational" ? "operational" : "unknown");
    const clock = clockOf(after.updatedAt, before?.updatedAt, scope.at);
    const timestamp = component.updatedAt ?? scope.pageAt;
    if (from !== after.status) changes.push(componentChanged(after, { from, clock, timestamp, inferred, scope }));
  };

  for (const component of told.components) take(component, false);
  for (const component of impliedWell(known, told, scope)) take(component, true);
  if (isFull && scope.at > scope.readAt) forgetMissing(next, told, scope);
  return { next: next.current(), changes };
}

/** Those in trouble that a capped list leaves out, when the page says that nothing is. */
function impliedWell(known: ReadonlyMap<string, KnownComponent>, told: Snapshot, scope: Scope): Component[] {
  const isCapped = told.coverage.components === "partial" && told.components.length > 0;
  if (!isCapped || !scope.isReading || told.page.indicator !== "none" || scope.at <= scope.readAt) return [];
  const mentioned = new Set(told.components.map(({ id }) => id));
  return [...known.values()]
    .filter(({ id, status }) => !mentioned.has(id) && status !== "operational")
    .map(({ id, name, group }) => ({ id, name, group, status: "operational" }));
}

function hear(before: KnownComponent | undefined, told: Component, scope: Scope): KnownComponent {
  if (before && isKnown(before, told)) return before;
  const { from: _from, ...component } = told;
  const { group = before?.group } = component;
  const updatedAt = told.updatedAt ?? scope.at;
  if (before && updatedAt < before.updatedAt) return before;
  return { ...component, group, updatedAt, toldAt: scope.at, ...names(before, told) };
}

// The same word with a later vendor's time still counts: it makes older words late.
function isKnown(before: KnownComponent, told: Component): boolean {
  return (
    before.status === told.status &&
    before.name === told.name &&
    (told.updatedAt === undefined || told.updatedAt === before.updatedAt) &&
    (told.group === undefined || told.group === before.group) &&
    before.rawStatus === told.rawStatus &&
    before.absent === undefined
  );
}

/** A page that renames a thing again and again is not remembered beyond this. */
const mostNames = 5;

function names(before: KnownComponent | undefined, { name }: Component): Pick<KnownComponent, "formerly"> {
  const formerly = before?.formerly ?? [];
  if (!before || before.name === name) return formerly.length ? { formerly } : {};
  return { formerly: [...formerly, before.name].slice(-mostNames) };
}

// Two full snapshots must agree that a component is gone, or a page's hiccup would announce it anew.
function forgetMissing(next: Draft<KnownComponent>, told: Snapshot, scope: Scope): void {
  const mentioned = new Set(told.components.map(({ id }) => id));
  for (const [id, component] of next.current()) {
    if (mentioned.has(id) || component.toldAt >= scope.at) continue;
    if (component.absent) next.delete(id);
    else next.set(id, { ...component, absent: 1 });
  }
}

interface Move {
  from: ComponentStatus;
  clock: string;
  timestamp: string;
  inferred: boolean;
  scope: Scope;
}

function componentChanged(component: KnownComponent, { from, clock, timestamp, inferred, scope }: Move): Change {
  const { toldAt: _toldAt, absent: _absent, formerly: _formerly, ...told } = component;
  const { id, status, rawStatus } = component;
  return {
    key: keyOf("component.changed", id, from, status, clock),
    type: "component.changed",
    product: `${scope.page} ${component.name}`,
    status: status === "unknown" && rawStatus ? inWords(rawStatus) : inWords(status),
    timestamp,
    initial: scope.initial,
    inferred,
    component: { ...told, from },
  };
}
