import type { Event } from "./event.ts";
import { phaseOf } from "./phase.ts";
import type { Noise } from "./rule.ts";
import { isNewer, recordedAt } from "./seq.ts";

/** Like events that are counted together, for so long, in ms. */
export interface Counter {
  name: string;
  forMs: number;
}

/** One that was counted. */
export interface Counted {
  seq: string;
  provider: string;
}

/** What has been counted, by the counter's name; each with the event in question, no order given. */
export type Counts = ReadonlyMap<string, readonly Counted[]>;

const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
/** How far back we look to tell whether a component has been unstable all along. */
const memoryMs = 24 * hourMs;

/** The counter of a component's changes. */
export function changesOf({ provider, component }: Event): Counter {
  return { name: `changes:${provider}:${component?.id ?? ""}`, forMs: memoryMs };
}

/** The counter of whatever begins, anywhere. */
export const onsets: Counter = { name: "onsets", forMs: minuteMs };

/** The counter of what one rule sends one sink in the hour of an event. */
export function hourOf({ seq }: Event, rule: string, sink: string): Counter {
  return { name: `hour:${Math.floor(recordedAt(seq) / hourMs)}:${sink}:${rule}`, forMs: hourMs };
}

/** Whether it is something beginning, of which many at once have one cause. */
export function isTroubleBeginning(event: Event): boolean {
  const { type } = event;
  return phaseOf(event) === "onset" && (type.startsWith("incident.") || type === "source.stale");
}

/** Whether a component is unstable with a change: from now on, or as it was before. */
export type Flapping = "no" | "begins" | "goes on";

/** Whether a component is unstable with an event, by how often it has changed. */
export function flappingAt(
  event: Event,
  counts: Counts,
  { changes, withinMs }: NonNullable<Noise["flapping"]>,
): Flapping {
  const times = upTo(event, counts.get(changesOf(event).name)).map(({ seq }) => recordedAt(seq));
  let state: Flapping = "no";
  for (const [index, time] of times.entries()) {
    const hasSettled = time - (times[index - 1] ?? time) > withinMs;
    const isMany = times.slice(0, index + 1).filter((other) => other > time - withinMs).length > changes;
    state = next(state, { hasSettled, isMany });
  }
  return state;
}

function next(state: Flapping, { hasSettled, isMany }: { hasSettled: boolean; isMany: boolean }): Flapping {
  if (state !== "no" && !hasSettled) return "goes on";
  return isMany ? "begins" : "no";
}

/** How many providers are in trouble since a minute, the event's among them. */
export function inTroubleAt(event: Event, counts: Counts): number {
  const since = recordedAt(event.seq) - onsets.forMs;
  const recent = upTo(event, counts.get(onsets.name)).filter(({ seq }) => recordedAt(seq) > since);
  return new Set([event.provider, ...recent.map(({ provider }) => provider)]).size;
}

/** How many of a counter came before an event. */
export function countBefore(event: Event, counts: Counts, { name }: Counter): number {
  return upTo(event, counts.get(name)).filter(({ seq }) => seq !== event.seq).length;
}

// What was counted later is another's matter: so deciding again decides the same.
function upTo({ seq }: Event, counted: readonly Counted[] = []): Counted[] {
  return counted
    .filter((one) => !isNewer(one.seq, seq))
    .toSorted((one, other) => (isNewer(one.seq, other.seq) ? 1 : -1));
}
