import { changeOf, clockOf } from "./change.ts";
import { type Again, course, edited, memoryOf } from "./course.ts";
import { canonicalJson } from "./json.ts";
import { type Affair, type Heard, inferredEnd, isSilent, type Kind, type ToldAffair } from "./kind.ts";
import { limits, shortened } from "./limits.ts";
import { definedOf } from "./merge.ts";
import { oneLine, readable } from "./readable.ts";
import { inOrder } from "./recollect.ts";
import type { Scope } from "./scope.ts";
import type { Update } from "./snapshot.ts";
import { inWords } from "./words.ts";

interface Telling<A extends Affair> {
  known: A | undefined;
  told: ToldAffair<A>;
  /** Whether the page lists all that is open, as of now, and this with it. */
  isListed: boolean;
  scope: Scope;
}

const day = 24 * 60 * 60 * 1000;
/** What was over for longer than this, by the page's clock, when we first see it is history, not news. */
const history = 7 * day;

/** Hears what a page tells of one incident or maintenance. */
export function hear<A extends Affair>(
  kind: Kind<A>,
  { known: before, told: said, isListed, scope }: Telling<A>,
): Heard<A> {
  const all = kind.remember({ ...said, updates: inOrder(said.updates) }, scope.at);
  const told = { ...all, updates: stated(kind, before, all) };
  if (!before) return hearFirst(kind, { ...told, title: told.title || words(told) }, scope);
  const isLate = isLateTelling(kind, { before, told, isListed });
  const after = isLate ? { ...before, updates: merged(before, told, isLate) } : next(kind, before, told);
  return hearAgain(kind, { before, told, after, isLate, scope });
}

/** The updates as told; one without a word of its state keeps the one that it had, or else has that of the whole. */
function stated<A extends Affair>(kind: Kind<A>, before: A | undefined, told: A): Update[] {
  const { updates } = told;
  if (updates.every(({ status }) => status !== "")) return updates;
  const heard = new Map(before?.updates.map(({ id, status }) => [id, status]));
  const isKept = before !== undefined && isSilent(told);
  const { status } = isKept ? before : told;
  // What ended it is the newest; what was said earlier was not of the end.
  const earlier = kind.isOver({ status }) && !isKept ? "unknown" : status;
  const newest = updates.at(-1);
  return updates.map((update) =>
    update.status !== ""
      ? update
      : { ...update, status: heard.get(update.id) || (update === newest ? status : earlier) },
  );
}

/** What an affair without a title is called: what was said first. */
function words({ updates: [first] }: Affair): string {
  return shortened(readable(first?.body ?? ""), limits.title);
}

function hearFirst<A extends Affair>(kind: Kind<A>, affair: A, scope: Scope): Heard<A> {
  const isHistory = kind.isOver(affair) && Date.parse(scope.pageAt) - Date.parse(affair.updatedAt) > history;
  const types = kind.opening(affair);
  const changes = types.map((type, index) => {
    const isLast = index === types.length - 1;
    const update = affair.updates.at(isLast ? -1 : 0);
    // Each update is carried once: the end carries its own, what begins it all others.
    const updates = affair.updates.slice(...(types.length === 1 ? [] : isLast ? [-1] : [0, -1]));
    return changeOf(kind, affair, { type, scope, update, updates, initial: scope.initial || isHistory });
  });
  return { affair, changes };
}

// An end that we inferred stands until its page lists it again, or somebody says more: an echo does not undo it, nor do words from
// before it that come late, unless they are of the end.
function isLateTelling<A extends Affair>(
  kind: Kind<A>,
  { before, told, isListed }: { before: A; told: A; isListed: boolean },
): boolean {
  if (before.absent !== inferredEnd || isListed) return told.updatedAt < before.updatedAt;
  return told.updatedAt <= (kind.isOver(told) ? before.updatedAt : kind.endedAt(before));
}

function hearAgain<A extends Affair>(kind: Kind<A>, again: Again<A>): Heard<A> {
  const { before, told, after, scope } = again;
  const clock = clockOf(told.updatedAt, before.updatedAt, scope.at);
  const tell = (news: { update: Update } | { fact: string }) =>
    changeOf(kind, after, { type: kind.updated, scope, clock, ...news });
  const changes = [...edited(kind, again).map((update) => tell({ update })), ...course(kind, again, clock)];
  // What is over is history, and may be retold.
  const fact = kind.isOver(after) ? "" : otherFacts(before, after);
  if (!changes.length && fact) changes.push(tell({ fact }));
  return { affair: changes.length || isWorthNoting(before, after) ? after : before, changes };
}

// A vendor that falls silent about a fact has not changed it; but what belongs to a state goes with it.
function next<A extends Affair>(kind: Kind<A>, before: A, told: A): A {
  const { status, rawStatus } = isSilent(told) ? before : told;
  return {
    ...before,
    ...(kind.isOver({ status }) ? {} : { resolvedAt: undefined }),
    ...definedOf(told),
    title: told.title || before.title,
    status,
    rawStatus,
    impact: told.impact === "unknown" ? before.impact : told.impact,
    components: told.components.length ? told.components : before.components,
    updates: merged(before, told, false),
    absent: undefined,
  };
}

// Of two tellings of one update the newer stands, in the place of the first.
function merged<A extends Affair>(before: A, told: A, isLate: boolean): Update[] {
  const all = inOrder([...before.updates, ...told.updates, ...(isLate ? before.updates : [])]);
  const most = memoryOf(before);
  return all.length > most ? all.slice(-most) : all;
}

/** What changed without a word from the vendor, in words; empty when nothing did. */
function otherFacts<A extends Affair>(before: A, after: A): string {
  return [
    ...(before.title === after.title ? [] : [`Now called: ${oneLine(after.title)}`]),
    ...(before.impact === after.impact ? [] : [`Impact: ${inWords(after.impact)}`]),
  ].join("; ");
}

// Rewriting what is unchanged costs the store a write for each affair of each reading.
function isWorthNoting<A extends Affair>(before: A, after: A): boolean {
  const sinceNoted = Date.parse(after.toldAt) - Date.parse(before.toldAt);
  return sinceNoted > day || canonicalJson({ ...before, toldAt: after.toldAt }) !== canonicalJson(after);
}
