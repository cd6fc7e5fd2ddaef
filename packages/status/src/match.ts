import type { Event } from "./event.ts";
import { matches, occurs } from "./glob.ts";
import type { Known } from "./known.ts";
import type { AffectedComponent } from "./snapshot.ts";
import { phaseOf } from "./phase.ts";
import type { Match } from "./rule.ts";
import type { Selectable } from "./selection.ts";
import { isAtLeast, severityOf } from "./severity.ts";

/** Whose event it is. */
export interface Origin {
  /** What people call the provider. */
  name: string;
  tags: readonly string[];
}

/** What is known where an event happened. */
export interface Place {
  origin?: Origin | undefined;
  /** Of the event's provider; only asked for where `asksForKnown`. */
  known?: Known | undefined;
}

/** What is against an event at a rule, in words. */
export interface Mismatch {
  because: string;
  /** It is the end of what may have been worse when it was told: whoever was told of it wants to know. */
  isEnd: boolean;
}

/** What speaks against the event, if anything does. The first fault found is told. */
export function mismatchOf(match: Match, event: Event, place: Place): Mismatch | undefined {
  const because = faultOf(match, event, place);
  if (because !== undefined) return { because, isEnd: false };
  const { severity } = match;
  if (severity === undefined || isAtLeast(severityOf(event), severity)) return undefined;
  const isEnd = phaseOf(event) === "end";
  return { because: `its severity is ${severityOf(event)}, not ${severity} or worse`, isEnd };
}

/** Whether a rule can't be held against events without knowing the provider's components. */
export function asksForKnown({ component, group, region }: Match): boolean {
  return [component, group, region].some((globs) => globs !== undefined);
}

function faultOf(match: Match, event: Event, { origin, known }: Place): string | undefined {
  const { provider, type, tag, initial = false } = match;
  if (event.initial !== initial)
    return event.initial ? "it was found at the first look at a page" : "it was not found at a first look";
  if (provider && !provider.some((glob) => matches(glob, [event.provider, origin?.name])))
    return `its provider is ${event.provider}, not ${anyOf(provider)}`;
  if (type && !type.some((wanted) => isOfType(event, wanted)))
    return `its type is ${event.type}, not ${anyOf(type)}`;
  if (tag && !tag.some((wanted) => origin?.tags.includes(wanted)))
    return `its provider is not tagged ${anyOf(tag)}`;
  return componentFaultOf(match, concernedBy(event, known));
}

function isOfType({ type }: Event, wanted: string): boolean {
  return type === wanted || type.startsWith(`${wanted}.`);
}

// What names no component may concern any.
function componentFaultOf(
  { component, group, region }: Match,
  concerned: readonly Selectable[],
): string | undefined {
  const isFault = (globs: readonly string[] | undefined, hits: (glob: string, one: Selectable) => boolean) =>
    globs !== undefined && concerned.length > 0 && !globs.some((glob) => concerned.some((one) => hits(glob, one)));
  if (isFault(component, (glob, { id, name }) => matches(glob, [id, name])))
    return `it concerns no component ${anyOf(component)}`;
  if (isFault(group, (glob, one) => matches(glob, [one.group])))
    return `it concerns no component of the group ${anyOf(group)}`;
  if (isFault(region, (glob, one) => occurs(glob, [one.id, one.name, one.group])))
    return `it concerns nothing in the region ${anyOf(region)}`;
  return undefined;
}

function concernedBy(event: Event, known: Known | undefined): Selectable[] {
  if (event.component) return [event.component];
  const listed = [...(known?.components.values() ?? [])];
  return affectedBy(event, known).map(({ id, name }) => {
    const one = listed.find((candidate) => (id === undefined ? candidate.name === name : candidate.id === id));
    return { id, name, ...(one?.group !== undefined && { group: one.group }) };
  });
}

/** All components that an incident or a maintenance names, also where the event had no room for them. */
function affectedBy({ incident, maintenance, omitted }: Event, known: Known | undefined): AffectedComponent[] {
  const own = (incident ?? maintenance)?.components ?? [];
  if (!omitted?.components) return own;
  const all = incident ? known?.incidents.get(incident.id) : known?.maintenances.get(maintenance?.id ?? "");
  return all?.components ?? own;
}

function anyOf(wanted: readonly string[] = []): string {
  return wanted.join(" or ");
}
