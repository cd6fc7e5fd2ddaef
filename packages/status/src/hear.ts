import type { Affair, Heard, Kind, ToldAffair } from "./affairs.ts";
import { changeOf } from "./change.ts";
import type { Scope } from "./compare.ts";
import type { Change } from "./event.ts";
import type { Update } from "./snapshot.ts";

interface Telling<A extends Affair> {
  known: A | undefined;
  told: ToldAffair<A>;
  scope: Scope;
}

interface Again<A extends Affair> {
  before: A;
  told: A;
  scope: Scope;
}

/** What is over for longer than this when we first see it is history, not news. */
const historyMs = 7 * 24 * 60 * 60 * 1000;

/** Hears what a page tells of one incident or maintenance. */
export function hear<A extends Affair>(kind: Kind<A>, { known, told, scope }: Telling<A>): Heard<A> {
  const affair = kind.remember(told, scope.at);
  return known ? hearAgain(kind, { before: known, told: affair, scope }) : hearFirst(kind, affair, scope);
}

function hearFirst<A extends Affair>(kind: Kind<A>, affair: A, scope: Scope): Heard<A> {
  const isHistory = kind.isOver(affair) && Date.parse(scope.at) - Date.parse(affair.updatedAt) > historyMs;
  const types = kind.opening(affair);
  const changes = types.map((type, index) => {
    const update = affair.updates.at(index === types.length - 1 ? -1 : 0);
    return changeOf(kind, affair, { type, scope, update, initial: scope.initial || isHistory });
  });
  return { affair, changes };
}

function hearAgain<A extends Affair>(kind: Kind<A>, { before, told, scope }: Again<A>): Heard<A> {
  const isLate = told.updatedAt < before.updatedAt;
  const affair = isLate ? { ...before, updates: merged(before, told, isLate) } : next(before, told);
  const changes = [
    ...edits(before, told, isLate).map((update) => changeOf(kind, affair, { type: kind.updated, scope, update })),
    ...course(kind, { before, told: affair, scope }),
  ];
  if (!changes.length && hasOtherFacts(before, affair))
    changes.push(changeOf(kind, affair, { type: kind.updated, scope }));
  return { affair: changes.length || isLate || isWorthNoting(before, affair) ? affair : before, changes };
}

/** One change for each update not heard before, and one for a state that moved without any. */
function course<A extends Affair>(kind: Kind<A>, { before, told: affair, scope }: Again<A>): Change[] {
  // A relayed notice has no history to repeat: only its newest words are heard already.
  const heard = new Set(before.updates.slice(before.unlisted ? -1 : 0).map(({ id }) => id));
  const newest = before.updates.at(-1)?.at ?? "";
  const fresh = affair.updates.filter(({ id }) => !heard.has(id));
  const last = fresh.findLast(({ at }) => at >= newest);
  const changes: Change[] = [];
  let status: A["status"] = before.status;
  const move = (to: A["status"], update?: Update) => {
    const type = to === "unknown" ? kind.updated : kind.step(status, to);
    changes.push(changeOf(kind, { ...affair, status: to === "unknown" ? status : to }, { type, scope, update }));
    if (to !== "unknown") status = to;
  };

  for (const update of fresh) {
    // What is posted late about an earlier time is told, but moves nothing.
    if (update.at < newest) changes.push(changeOf(kind, affair, { type: kind.updated, scope, update }));
    else move(update === last ? affair.status : kind.statusOf(update.status), update);
  }
  if (!last && affair.status !== status && affair.status !== "unknown") move(affair.status);
  return changes;
}

function edits<A extends Affair>(before: A, told: A, isLate: boolean): Update[] {
  if (isLate) return [];
  const bodies = new Map(before.updates.map(({ id, body }) => [id, body]));
  return told.updates.filter(({ id, body }) => bodies.has(id) && bodies.get(id) !== body);
}

// A vendor that falls silent about a fact has not changed it.
function next<A extends Affair>(before: A, told: A): A {
  return {
    ...before,
    ...told,
    title: told.title || before.title,
    status:
      told.status === "unknown" && before.status !== "unknown" && !told.rawStatus ? before.status : told.status,
    impact: told.impact === "unknown" ? before.impact : told.impact,
    url: told.url ?? before.url,
    components: told.components.length ? told.components : before.components,
    updates: merged(before, told, false),
    absent: undefined,
  };
}

function merged<A extends Affair>(before: A, told: A, isLate: boolean): Update[] {
  const [weak, strong] = isLate ? [told, before] : [before, told];
  const byId = new Map([...weak.updates, ...strong.updates].map((update) => [update.id, update]));
  return [...byId.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function hasOtherFacts<A extends Affair>(before: A, affair: A): boolean {
  return before.title !== affair.title || before.impact !== affair.impact;
}

// Rewriting what is unchanged costs the store a write for each affair of each reading.
function isWorthNoting<A extends Affair>(before: A, affair: A): boolean {
  const sinceNoted = Date.parse(affair.toldAt) - Date.parse(before.toldAt);
  return before.absent !== undefined || affair.updatedAt > before.updatedAt || sinceNoted > 24 * 60 * 60 * 1000;
}
