import type { Event } from "@statuswire/status";
import { grouped } from "../rig/grouped.ts";
import type { Evidence, Findings } from "./evidence.ts";

/** How the log's order, and its number of events, compare with what was posted. */
export interface Order {
  /** Events that stand before one of their provider that they should stand behind; the fewest whose move would mend that. */
  outOfOrder: Findings;
  /** Webhooks, posted one after another, that no event tells. */
  lost: Findings;
  /** Events that none of them accounts for. */
  doubled: Findings;
}

type Posted = Pick<Evidence, "pages" | "events" | "inOrder">;

/**
 * Compares the log with what was posted. Of a provider whose webhooks were accepted one after another, each is one event, and all are
 * in that order. Of one that we poll, the updates of each incident are in the order in which they were published.
 */
export function orderOf({ pages, events, inOrder }: Posted): Order {
  const order: Order = { outOfOrder: [], lost: [], doubled: [] };
  const byProvider = grouped(
    events.filter(({ inferred }) => !inferred),
    ({ provider }) => provider,
  );
  for (const [provider, bodies] of inOrder) {
    const told = (byProvider.get(provider) ?? []).map(wordsOf);
    const one = compareOrder(bodies.map(wordsIn), told);
    for (const kind of ["outOfOrder", "lost", "doubled"] as const)
      order[kind].push(...one[kind].map((words) => `${provider}: ${words}`));
  }
  for (const [provider, page] of pages) {
    // Posted so that they overtake each other, they are told as they came.
    if (inOrder.has(provider) || provider.startsWith("pushed")) continue;
    const of = grouped(byProvider.get(provider) ?? [], ({ incident }) => incident?.id ?? "");
    for (const { id, updates } of page.incidents) {
      const told = (of.get(id) ?? []).map(wordsOf);
      const { outOfOrder } = compareOrder(
        updates.map(({ body }) => body),
        told,
      );
      order.outOfOrder.push(...outOfOrder.map((words) => `${provider}: ${words}`));
    }
  }
  return order;
}

/** Compares two sequences, in which the same words may come several times: the second should be the first. */
export function compareOrder(expected: readonly string[], actual: readonly string[]): Order {
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

function wordsOf({ component, status }: Event): string {
  return component ? `${component.name} is ${component.status}` : status;
}

/** The same of a webhook's body. */
function wordsIn(body: string): string {
  const { incident, component } = JSON.parse(body) as {
    incident?: { incident_updates: { body: string }[] };
    component?: { name: string; status: string };
  }; // What the simulator makes.
  return component ? `${component.name} is ${component.status}` : (incident?.incident_updates[0]?.body ?? "");
}
