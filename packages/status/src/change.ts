import type { Affair, Kind } from "./kind.ts";
import type { Scope } from "./scope.ts";
import type { Change, EventType } from "./event.ts";
import { readable } from "./readable.ts";
import type { AffectedComponent, Update } from "./snapshot.ts";
import { inWords } from "./words.ts";

interface Circumstances {
  type: EventType;
  scope: Scope;
  /** What the vendor wrote, when that is the news. */
  update?: Update | undefined;
  /** The updates that no event has carried before; without it, `update`. */
  updates?: Update[];
  /** What the news is otherwise, in words; when absent, the state. */
  fact?: string | undefined;
  /** See `clockOf`; needless for an update, which is news only once. */
  clock?: string | undefined;
  inferred?: boolean;
  initial?: boolean;
}

/** The change that an incident or a maintenance went through, ready to be recorded. */
export function changeOf<A extends Affair>(kind: Kind<A>, affair: A, circumstances: Circumstances): Change {
  const { type, scope, update, fact, clock, inferred = false, initial = scope.initial } = circumstances;
  const { updates = update ? [update] : [] } = circumstances;
  const missing = affair.updates.length - updates.length;
  const timestamp = inferred ? scope.at : (update?.at ?? affair.updatedAt);
  const { id, title, status, impact, url } = affair;
  return {
    key: keyOf(type, id, update?.id, update?.body, status, impact, title, timestamp, clock),
    type,
    product: affair.product ?? product(scope.page, affair),
    status: inferred
      ? `${inWords(status)} (${kind.isOver(affair) ? "no longer" : "again"} listed by the vendor)`
      : readable(update?.body ?? "") || fact || wordsOfState(kind, affair) || stateInWords(affair),
    timestamp,
    initial,
    inferred,
    ...kind.inEvent(summary(affair, updates)),
    ...(url ? { url } : {}),
    ...(missing > 0 ? { omitted: { updates: missing } } : {}),
  };
}

/** The affair with these of its updates only, so that what is recorded of it grows with what is new, not with its length. */
function summary<A extends Affair>(affair: A, updates: Update[]): A {
  const [first] = affair.updates;
  const isSaid =
    !first || ("startedAt" in affair && affair.startedAt !== undefined) || updates[0]?.id === first.id;
  return isSaid ? { ...affair, updates } : { ...affair, updates, firstUpdateAt: first.at };
}

/** What makes a change itself and no other, as text. */
export function keyOf(...facts: (string | undefined)[]): string {
  return JSON.stringify(facts);
}

/** What tells a change from one just like it, such as each turn of a flapping: the vendor's clock, or ours where that stood still. */
export function clockOf(told: string, known: string | undefined, at: string): string {
  return known !== undefined && told <= known ? at : told;
}

/** `Discord API`, `Discord (3 components affected)`, or what it is about where the page names no component. */
function product(page: string, { components, title }: { components: AffectedComponent[]; title: string }): string {
  const [first, ...others] = components;
  if (!first) return title ? `${page} - ${title}` : page;
  return others.length ? `${page} (${others.length + 1} components affected)` : `${page} ${first.name}`;
}

// A state that comes back may come in words that we have heard.
function wordsOfState<A extends Affair>(kind: Kind<A>, { status, updates }: A): string {
  const last = updates.at(-1);
  return last && kind.statusOf(last.status) === status ? readable(last.body) : "";
}

function stateInWords({ status, rawStatus, title }: Affair): string {
  return status === "unknown" ? inWords(rawStatus ?? "") || title || "Unknown" : inWords(status);
}
