import type { Change } from "./event.ts";
import { countsOf, jsonBytes, limits, shortened, shortId } from "./limits.ts";
import type { Omitted } from "./snapshot.ts";

/** What the log may take: this much for each event, and so much for each byte of the payload. */
export const logBudget = { perEvent: 1024, perPayloadByte: 3 } as const;

/** Of an entry in the log, what is not in the change: the field names, the id (twice), provider, time, channel and version. */
const entryBytes = 256;

/**
 * The changes that one observation makes, small enough for the log: at most 1 KB for each and three times the payload. Nearly all
 * are recorded as they are. Where an incident with hundreds of components gets hundreds of updates at once, each event would repeat
 * all of it: then events name fewer components, then shorter texts, and say so.
 */
export function fitted(changes: Change[], { payloadBytes }: { payloadBytes: number }): Change[] {
  const counted = withinCount(changes);
  const budget = logBudget.perPayloadByte * payloadBytes + logBudget.perEvent * counted.length;
  let fit = counted;
  for (const shorten of steps) {
    if (fits(fit, budget)) return fit;
    fit = fit.map((change) => (sizeOf(change) > logBudget.perEvent ? shorten(change) : change));
  }
  return fit;
}

// A character takes three bytes at most: most observations need not be measured exactly.
function fits(changes: readonly Change[], budget: number): boolean {
  const characters = changes.reduce((sum, change) => sum + JSON.stringify(change).length, 0);
  if (3 * characters + entryBytes * changes.length <= budget) return true;
  return changes.reduce((sum, change) => sum + sizeOf(change), 0) <= budget;
}

function sizeOf({ key: _key, ...event }: Change): number {
  return jsonBytes(event) + entryBytes;
}

/** The changes as they are, or as many as may be: what is merely an update goes first, the oldest first. The last one says how many. */
function withinCount(changes: Change[]): Change[] {
  const surplus = changes.length - limits.events;
  if (surplus <= 0) return changes;
  const byWorth = [...changes.filter(isUpdate), ...changes.filter((change) => !isUpdate(change))];
  const omitted = new Set(byWorth.slice(0, surplus));
  const kept = changes.filter((change) => !omitted.has(change));
  return kept.map((change, index) => (index === kept.length - 1 ? without(change, { events: surplus }) : change));
}

function isUpdate({ type }: Change): boolean {
  return type.endsWith(".updated");
}

/** Each makes the changes that are too large smaller; after the last, none is. */
const steps: readonly ((change: Change) => Change)[] = [
  (change) => withFewComponents(change, 3),
  (change) => withShortWords(withFewComponents(change, 1), 60),
  ...[4096, 1024, 256].map((longest) => (change: Change) => withShortTexts(change, longest)),
  leastOf,
];

function withFewComponents(change: Change, most: number): Change {
  return mapped(change, (affair) => ({ ...affair, components: affair.components.slice(0, most) }));
}

function withShortWords(change: Change, longest: number): Change {
  const { component, url, ...rest } = change;
  const words = {
    product: shortened(change.product, longest),
    ...(isShort(url, longest) ? { url } : {}),
    ...(component ? { component: { ...component, ...namesOf(component, longest) } } : {}),
  };
  return mapped({ ...rest, ...words }, ({ title, url: link, components, ...affair }) => ({
    ...affair,
    title: shortened(title, longest),
    ...(isShort(link, longest) ? { url: link } : {}),
    components: components.map((one) => ({ ...one, name: shortened(one.name, longest) })),
  }));
}

function isShort(text: string | undefined, longest: number): boolean {
  return text !== undefined && text.length <= longest;
}

function namesOf({ name, group }: NonNullable<Change["component"]>, longest: number) {
  return { name: shortened(name, longest), ...(group === undefined ? {} : { group: shortened(group, longest) }) };
}

function withShortTexts(change: Change, longest: number): Change {
  const status = shortened(change.status, longest);
  return mapped({ ...change, status }, (affair) => ({
    ...affair,
    updates: affair.updates
      .slice(-1)
      .map((update) => ({ ...update, id: shortId(update.id, 100), body: shortened(update.body, longest) })),
  }));
}

/** As little as an event may say: what happened to which subject, when, and the beginning of its texts. */
function leastOf(change: Change): Change {
  const tiny = 12;
  const { component } = change;
  const short = {
    ...withShortWords(withShortTexts(change, tiny), tiny),
    ...(component && leastComponent(component)),
  };
  return mapped(short, ({ id, title, status, impact, updates }) => ({
    ...{ id, title, status, impact, components: [] },
    updates: updates.map((update) => ({
      ...update,
      id: shortId(update.id, 40),
      status: update.status.slice(0, tiny),
    })),
  }));
}

function leastComponent({ id, name, status, from }: NonNullable<Change["component"]>): Pick<Change, "component"> {
  return { component: { id, name: shortened(name, 12), status, from } };
}

type Affair = NonNullable<Change["incident"]> | NonNullable<Change["maintenance"]>;
type Shared = Pick<Affair, "id" | "title" | "impact" | "components" | "updates" | "url"> & { status: string };

/** The change with its incident or maintenance made smaller, and with the counts of what that left out. */
function mapped(change: Change, shorten: (affair: Shared) => Shared): Change {
  const { incident, maintenance } = change;
  const affair = incident ?? maintenance;
  if (!affair) return change;
  const short = shorten(affair);
  const counts = {
    updates: affair.updates.length - short.updates.length,
    components: affair.components.length - short.components.length,
  };
  // What is made smaller stays what it is: only texts, lists and optional fields differ.
  const smaller = short as never;
  return without({ ...change, ...(incident ? { incident: smaller } : { maintenance: smaller }) }, counts);
}

function without(change: Change, counts: Omitted): Change {
  const { omitted: before = {}, ...rest } = change;
  const sum = (name: keyof Omitted) => (before[name] ?? 0) + (counts[name] ?? 0);
  const omitted = countsOf({ updates: sum("updates"), components: sum("components"), events: sum("events") });
  return omitted ? { ...rest, omitted } : rest;
}
