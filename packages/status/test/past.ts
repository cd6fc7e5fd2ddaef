import {
  compare,
  type Comparison,
  type Day,
  daysOf,
  type Event,
  type Known,
  nothing,
  type Passed,
  passed,
  type Past,
  seconds,
  type Snapshot,
} from "../src/index.ts";
import { at } from "./page.ts";

export const noPast: Past = { since: undefined, gaps: [], troubles: new Map(), turns: new Map() };

/** A past with what a step added to it. */
export function grown(past: Past, { since = past.since, troubles, turns }: Passed): Past {
  const longer = new Map(past.turns);
  for (const { component, turn } of turns) longer.set(component, [...(longer.get(component) ?? []), turn]);
  return { ...past, since, troubles: new Map([...past.troubles, ...troubles]), turns: longer };
}

/** A snapshot and the minute at which it was read. */
export type Read = readonly [minute: number, told: Snapshot];

interface Lived {
  known: Known;
  past: Past;
  events: Event[];
}

/** What is known and past after these readings; `forgets` says before which of them the process was started anew. */
export function live(readings: readonly Read[], forgets: (index: number) => boolean = () => false): Lived {
  return readings.reduce<Lived>(
    ({ known: before, past, events }, [minute, told], index) => {
      // Read back from Redis, nothing is the same object any more.
      const start = forgets(index) ? structuredClone(before) : before;
      const { known, changes } = compare(start, told, { at: at(minute), name: "acme" });
      const longer = grown(past, passed(start, known, at(minute)));
      return { known, past: longer, events: [...events, ...changes.map((change) => eventOf(change, minute))] };
    },
    { known: nothing, past: noPast, events: [] },
  );
}

function eventOf({ key, ...change }: Comparison["changes"][number], minute: number): Event {
  return { id: key, seq: `${minute}-0`, provider: "acme", observedAt: at(minute), via: "poll", ...change };
}

/** The days until a minute, the first of March being the last. */
export function days(past: Past, { until = 120, component, count = 1, timeZone = "UTC" }: Asked = {}): Day[] {
  return daysOf(past, { component, days: count, now: seconds(at(until)), timeZone });
}

interface Asked {
  until?: number;
  component?: string;
  count?: number;
  timeZone?: string;
}

/** The minutes of the last day, of what there is any. */
export function minutes(past: Past, asked: Asked = {}): Record<string, number> {
  const all = Object.entries(days(past, asked).at(-1)?.seconds ?? {});
  return Object.fromEntries(all.filter(([, spent]) => spent).map(([state, spent]) => [state, spent / 60]));
}
