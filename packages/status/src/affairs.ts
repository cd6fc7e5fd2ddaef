import { changeOf } from "./change.ts";
import { type Draft, draftOf } from "./draft.ts";
import type { Change } from "./event.ts";
import { hear } from "./hear.ts";
import { type Affair, type Heard, inferredEnd, type Kind } from "./kind.ts";
import { underKnownIds } from "./renumbered.ts";
import type { Scope } from "./scope.ts";
import type { Snapshot } from "./snapshot.ts";

interface Section<A extends Affair> {
  known: ReadonlyMap<string, A>;
  told: Snapshot;
  scope: Scope;
}

const day = 24 * 60 * 60 * 1000;
/** Longer than pages list what is over; forgotten earlier, it would be announced anew. */
const memoryOfThePast = 90 * day;

/** What a snapshot changes about incidents, or about maintenances. */
export function compareAffairs<A extends Affair>(
  kind: Kind<A>,
  { known, told, scope }: Section<A>,
): { next: ReadonlyMap<string, A>; changes: Change[] } {
  const next = draftOf(known);
  const changes: Change[] = [];
  const take = ({ affair, changes: made }: Heard<A>) => {
    next.set(affair.id, affair);
    changes.push(...made);
  };

  const isListed = kind.covered(told) && scope.at > scope.readAt;
  const affairs = underKnownIds(kind.told(told), known);
  for (const affair of affairs) take(hear(kind, { known: next.get(affair.id), told: affair, isListed, scope }));
  const mentioned = new Set(affairs.map(({ id }) => id));
  for (const affair of missing(kind, { known: next.current(), told, scope }, mentioned))
    take(miss(kind, affair, scope));
  forget(kind, next, scope.at);
  return { next: next.current(), changes };
}

function missing<A extends Affair>(
  kind: Kind<A>,
  { known, told, scope }: Section<A>,
  mentioned: ReadonlySet<string>,
): A[] {
  if (!kind.covered(told) || scope.at <= scope.readAt) return [];
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
function forget<A extends Affair>(kind: Kind<A>, affairs: Draft<A>, at: string): void {
  const all = affairs.current();
  if (!all.size) return;
  const before = (ms: number) => new Date(Date.parse(at) - ms).toISOString();
  const [past, notices] = [before(memoryOfThePast), before(7 * day)];
  for (const [id, affair] of all) {
    const isFaded = kind.isOver(affair) ? affair.toldAt < past : affair.unlisted && affair.toldAt < notices;
    if (isFaded) affairs.delete(id);
  }
}
