import { hash } from "node:crypto";
import {
  type Change,
  type Comparison,
  type Event,
  eventVersion,
  type Known,
  type Passed,
  passed,
  seconds,
  type Via,
} from "@statuswire/status";
import { encodePassed, type PastFields } from "./past-fields.ts";
import { type Difference, difference } from "./state.ts";

/** A pure step from what is known to what is known next, with the changes on the way. */
export type Step = (known: Known) => Comparison;

export interface Moved {
  known: Known;
  /** The events appended, oldest first; none when the step told nothing new. */
  events: Event[];
}

/** A step that waits for its turn. */
export interface Pending {
  step: Step;
  via: Via;
  at: string;
  resolve(moved: Moved): void;
  reject(error: unknown): void;
}

type Unplaced = Omit<Event, "seq">;

/** Where some steps lead, and what is to be written for it. */
export interface Walked {
  known: Known;
  difference: Difference;
  past: PastFields;
  events: Unplaced[];
  /** Who gets which events, or which error, once they are written. */
  outcomes: { pending: Pending; known: Known; count: number; error?: unknown }[];
}

/** Takes the steps one after another. One that throws is left out and costs the others nothing. */
export function walk(provider: string, start: Known, batch: Pending[]): Walked {
  let known = start;
  const past: Passed = { troubles: new Map(), turns: [] };
  const events: Unplaced[] = [];
  const outcomes = batch.map((pending) => {
    try {
      const { known: next, changes } = pending.step(known);
      add(past, passed(known, next, pending.at));
      known = next;
      events.push(...changes.map((change) => eventOf(provider, change, pending)));
      return { pending, known, count: changes.length };
    } catch (error) {
      return { pending, known, count: 0, error };
    }
  });
  const at = seconds(batch.at(-1)?.at ?? "");
  return { known, difference: difference(start, known), past: encodePassed(past, at), events, outcomes };
}

function add(past: Passed, { since, troubles, turns }: Passed): void {
  if (since !== undefined) past.since = since;
  for (const [id, trouble] of troubles) past.troubles.set(id, trouble);
  past.turns.push(...turns);
}

/** Tells each step its outcome, once all is written. `seqs` are the places of the events. */
export function settle({ events, outcomes }: Walked, seqs: string[]): void {
  const placed = events.map((event, index): Event => ({ ...event, seq: seqs[index] ?? "" }));
  for (const { pending, known, count, error } of outcomes) {
    if (error === undefined) pending.resolve({ known, events: placed.splice(0, count) });
    else pending.reject(error);
  }
}

/** A change as an event. The same change always has the same id, whoever told it. */
export function eventOf(
  provider: string,
  { key, ...change }: Change,
  { via, at }: Pick<Pending, "via" | "at">,
): Unplaced {
  const digest = hash("sha256", `${provider}\0${key}`, "hex");
  return { version: eventVersion, id: `evt_${digest.slice(0, 32)}`, provider, observedAt: at, via, ...change };
}
