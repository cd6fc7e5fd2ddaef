import { changeOf } from "./change.ts";
import type { Scope } from "./compare.ts";
import type { Change, EventType } from "./event.ts";
import { hear } from "./hear.ts";
import type { KnownIncident, KnownMaintenance } from "./known.ts";
import type { Incident, Maintenance, Snapshot } from "./snapshot.ts";

/** An incident or a maintenance: something with a course of its own, told in updates. */
export type Affair = KnownIncident | KnownMaintenance;

/** An affair as a page tells it. */
export type ToldAffair<A extends Affair> = A extends KnownIncident ? Incident : Maintenance;

/** What is peculiar to incidents, or to maintenances. All else about them is the same. */
export interface Kind<A extends Affair> {
  readonly updated: EventType;
  /** Those that a snapshot tells of. */
  told(snapshot: Snapshot): readonly ToldAffair<A>[];
  /** Whether the snapshot lists all that are open. */
  covered(snapshot: Snapshot): boolean;
  /** An affair as told, with the memory that begins now. */
  remember(told: ToldAffair<A>, at: string): A;
  isOver(affair: Pick<A, "status">): boolean;
  /** A word that an update carries, as one of our states, if it is one. */
  statusOf(word: string): A["status"] | undefined;
  /** What the first sight of one is: one change, or two when it is already over. */
  opening(affair: A): EventType[];
  /** What it is called when the state moves. */
  step(from: A["status"], to: A["status"]): EventType;
  /** The end that we infer when the page has stopped listing it. */
  conclude(affair: A, at: string): A;
  /** The affair in the place that events have for its kind. */
  inEvent(affair: A): Pick<Change, "incident" | "maintenance">;
}

/** An affair as it stands after it was heard of, and the changes that this made, oldest first. */
export interface Heard<A extends Affair> {
  affair: A;
  changes: Change[];
}

interface Section<A extends Affair> {
  known: ReadonlyMap<string, A>;
  told: Snapshot;
  scope: Scope;
}

/** As many absences in a row as make an end. */
export const inferredEnd = 2;

const day = 24 * 60 * 60 * 1000;
/** Longer than pages list what is over; forgotten earlier, it would be announced anew. */
const memoryOfThePast = 90 * day;

/** What a snapshot changes about incidents, or about maintenances. */
export function compareAffairs<A extends Affair>(
  kind: Kind<A>,
  { known, told, scope }: Section<A>,
): { next: ReadonlyMap<string, A>; changes: Change[] } {
  const next = new Map(known);
  const changes: Change[] = [];
  const take = ({ affair, changes: made }: Heard<A>) => {
    next.set(affair.id, affair);
    changes.push(...made);
  };

  const isListed = kind.covered(told) && scope.at > scope.readAt;
  for (const affair of kind.told(told))
    take(hear(kind, { known: next.get(affair.id), told: affair, isListed, scope }));
  for (const affair of missing(kind, { known: next, told, scope })) take(miss(kind, affair, scope));
  for (const affair of next.values()) if (isForgettable(kind, affair, scope.at)) next.delete(affair.id);
  return { next, changes };
}

function missing<A extends Affair>(kind: Kind<A>, { known, told, scope }: Section<A>): A[] {
  if (!kind.covered(told) || scope.at <= scope.readAt) return [];
  const mentioned = new Set(kind.told(told).map(({ id }) => id));
  return [...known.values()].filter(
    (affair) => !mentioned.has(affair.id) && !affair.unlisted && !kind.isOver(affair) && affair.toldAt < scope.at,
  );
}

// One absence may be a cache or a hiccup; only a second full snapshot that agrees makes it an end.
function miss<A extends Affair>(kind: Kind<A>, affair: A, scope: Scope): Heard<A> {
  if (!affair.absent) return { affair: { ...affair, absent: 1 }, changes: [] };
  // The vendor's clock stays: words from before our conclusion are still to be heard.
  const over = { ...kind.conclude(affair, scope.at), absent: inferredEnd };
  const type = kind.step(affair.status, over.status);
  return { affair: over, changes: [changeOf(kind, over, { type, scope, inferred: true })] };
}

// Past affairs fade; so do notices that no page lists and that therefore nothing ever ends.
function isForgettable<A extends Affair>(kind: Kind<A>, affair: A, at: string): boolean {
  const age = Date.parse(at) - Date.parse(affair.toldAt);
  return kind.isOver(affair) ? age > memoryOfThePast : affair.unlisted === true && age > 7 * day;
}
