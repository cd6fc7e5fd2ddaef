import type { Event } from "@statuswire/status";
import { createLog } from "@statuswire/store";
import type { Redis } from "ioredis";
import { grouped } from "./grouped.ts";

/** The whole log, oldest first. */
export async function wholeLog(redis: Redis): Promise<Event[]> {
  const log = createLog(redis);
  const events: Event[] = [];
  for (let some = await log.after(undefined, 1000); some.length; some = await log.after(some.at(-1)?.seq, 1000)) {
    events.push(...some);
  }
  return events;
}

/** How one sequence differs from another, in which the same words may come several times. */
export interface OrderFindings {
  /** Those that stand elsewhere; the fewest whose move would mend that. */
  outOfOrder: string[];
  /** Those that are missing. */
  lost: string[];
  /** Those that are too many. */
  doubled: string[];
}

/** Compares two sequences: the second should be the first. */
export function compareOrder(expected: readonly string[], actual: readonly string[]): OrderFindings {
  const places = grouped([...expected.keys()], (index) => expected[index] ?? "");
  const placed = actual.map((words) => ({ words, place: places.get(words)?.shift() }));
  const known = placed.flatMap(({ words, place }) => (place === undefined ? [] : [{ words, place }]));
  const rising = new Set(longestRising(known.map(({ place }) => place)));
  return {
    outOfOrder: known.filter(({ place }) => !rising.has(place)).map(({ words }) => words),
    lost: [...places.values()].flat().map((index) => expected[index] ?? ""),
    doubled: placed.filter(({ place }) => place === undefined).map(({ words }) => words),
  };
}

/** Compares sequences by provider. */
export function compareOrders(
  expected: ReadonlyMap<string, readonly string[]>,
  actual: ReadonlyMap<string, readonly string[]>,
): OrderFindings {
  const all: OrderFindings = { outOfOrder: [], lost: [], doubled: [] };
  for (const provider of new Set([...expected.keys(), ...actual.keys()])) {
    const one = compareOrder(expected.get(provider) ?? [], actual.get(provider) ?? []);
    for (const kind of ["outOfOrder", "lost", "doubled"] as const)
      all[kind].push(...one[kind].map((words) => `${provider}: ${words}`));
  }
  return all;
}

/** By provider what tells its events, in the order of the log. */
export function wordsByProvider(
  events: readonly Event[],
  wordsOf: (event: Event) => string,
): Map<string, string[]> {
  const byProvider = grouped(events, ({ provider }) => provider);
  return new Map([...byProvider].map(([provider, its]) => [provider, its.map(wordsOf)]));
}

/** The longest series of numbers that rise, among numbers that all differ: patience sorting. */
function longestRising(numbers: readonly number[]): number[] {
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const number of numbers) {
    const at = ends.findIndex((end) => end > number);
    const place = at < 0 ? ends.length : at;
    before.set(number, ends[place - 1]);
    ends[place] = number;
  }
  const series: number[] = [];
  for (let number = ends.at(-1); number !== undefined; number = before.get(number)) series.push(number);
  return series;
}
