import { changeOf } from "./change.ts";
import type { Change } from "./event.ts";
import { type Affair, inferredEnd, isSilent, type Kind } from "./kind.ts";
import { limits } from "./limits.ts";
import { readable } from "./readable.ts";
import type { Scope } from "./scope.ts";
import type { Update } from "./snapshot.ts";

/** An affair that was known, and is told again. */
export interface Again<A extends Affair> {
  before: A;
  /** What was said this time. */
  told: A;
  /** What is known with that. */
  after: A;
  isLate: boolean;
  scope: Scope;
}

/** Nothing ever closes a relayed notice, so fewer of its updates are kept. */
const noticeMemory = 50;

/** How many updates of an affair are kept: the newest. */
export function memoryOf({ unlisted }: Affair): number {
  return unlisted ? noticeMemory : limits.updates;
}

/** One change for each update not heard before, and one for a state that moved without any. */
export function course<A extends Affair>(kind: Kind<A>, again: Again<A>, clock: string): Change[] {
  const { before, told, after, isLate, scope } = again;
  const newest = before.updates.at(-1)?.at ?? "";
  const fresh = unheard(again);
  const last = fresh.at(-1);
  const changes: Change[] = [];
  let { status } = before;
  const move = (to: A["status"], how: { update?: Update; clock?: string; inferred?: boolean }) => {
    changes.push(changeOf(kind, { ...after, status: to }, { type: kind.step(status, to), scope, ...how }));
    status = to;
  };

  const stateAfter = (update: Update) => (update === last ? after.status : kind.statusOf(update.status));
  const closing = before.absent === inferredEnd && !isLate ? closingOf(kind, fresh, stateAfter) : undefined;
  let isBeforeEnd = closing !== undefined;
  for (const update of fresh) {
    if (update === closing) isBeforeEnd = false;
    // What is posted late about an earlier time is told, but moves nothing; nor does what leads to an end already told, or
    // comes without a word of the state of the whole.
    if (isLate || isBeforeEnd || isSilent(told) || update.at < newest)
      changes.push(changeOf(kind, after, { type: kind.updated, scope, update }));
    else move(stateAfter(update) ?? status, { update });
  }
  const isBack = before.absent === inferredEnd && !kind.isOver(after);
  if (after.status !== status) move(after.status, { clock, inferred: isBack });
  return changes;
}

/** The vendor's own words for an end that we inferred. */
function closingOf<A extends Affair>(
  kind: Kind<A>,
  fresh: readonly Update[],
  stateAfter: (update: Update) => A["status"] | undefined,
): Update | undefined {
  return fresh.find((update) => {
    const status = stateAfter(update);
    return status !== undefined && kind.isOver({ status });
  });
}

// A relayed notice repeats no history: words said once before, but not last, are said anew.
function unheard<A extends Affair>({ before, told, isLate }: Again<A>): Update[] {
  const heard = new Set(before.updates.map(({ id }) => id));
  const last = before.updates.at(-1);
  const said = told.updates.at(-1);
  const isAnew = before.unlisted && !isLate && said && last && said.id !== last.id && said.at > last.at;
  const oldest = before.updates.length >= memoryOf(before) ? before.updates[0]?.at : undefined;
  const isForgotten = ({ at }: Update) => oldest !== undefined && at <= oldest;
  return told.updates.filter((update) =>
    heard.has(update.id) ? isAnew && update === said : !isForgotten(update),
  );
}

/** The newest update of what is open, when it no longer reads as it did. What is rewritten of the past is kept, but no news. */
export function edited<A extends Affair>(kind: Kind<A>, { before, told, after, isLate }: Again<A>): Update[] {
  const newest = told.updates.at(-1);
  const heard = before.updates.find(({ id }) => id === newest?.id);
  if (!newest || !heard || isLate || kind.isOver(after)) return [];
  return isReworded(heard.body, newest.body) ? [newest] : [];
}

// A push may carry as HTML what a poll says plainly.
function isReworded(heard: string, told: string): boolean {
  return heard !== told && readable(heard) !== readable(told);
}
