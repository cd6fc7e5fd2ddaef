import {
  type Counter,
  type Counts,
  decide,
  dependsOnKnown,
  type Event,
  type Known,
  type Origin,
  type Routing,
  countersFor,
} from "@statuswire/status";
import type { Counters, Decided, Store, Traces } from "@statuswire/store";

interface Dependencies {
  store: Pick<Store, "known">;
  counters: Counters;
  traces: Traces;
  /** What holds now. */
  routing(): Routing;
  originOf(provider: string): Origin | undefined;
}

/** An event, and what becomes of it. */
export type Routed = Decided<Event>;

interface Placed {
  event: Event;
  place: Parameters<typeof countersFor>[1];
}

/**
 * Finds out what becomes of events, and records it before anything follows from it: what was decided once stands, whoever
 * asks again after a crash. What is known of a provider is read once for all, and only where it matters.
 */
export function createRouter({ store, counters, traces, routing, originOf }: Dependencies) {
  return async function routeAll(events: readonly Event[]): Promise<Routed[]> {
    const current = routing();
    const known = await knownOf(events, current);
    const placed = events.map((event) => {
      const { provider } = event;
      return { event, place: { routing: current, origin: originOf(provider), known: known.get(provider) } };
    });
    const counts = await countsFor(placed);
    const proposed = placed.map(({ event, place }) => {
      const circumstances = { ...place, counts: counts.get(event.seq) ?? nothing };
      return { event, ruling: decide(event, circumstances) };
    });
    return traces.decide(proposed);
  };

  async function knownOf(events: readonly Event[], current: Routing): Promise<ReadonlyMap<string, Known>> {
    const asked = events.filter((event) => dependsOnKnown(event, current));
    const providers = [...new Set(asked.map(({ provider }) => provider))];
    return new Map(
      await Promise.all(providers.map(async (provider) => [provider, await store.known(provider)] as const)),
    );
  }

  /** By the events' places in the log. */
  async function countsFor(placed: readonly Placed[]): Promise<ReadonlyMap<string, Counts>> {
    const counted = placed.flatMap(({ event, place }) => {
      const needed = countersFor(event, place);
      return needed.length ? [countAll(needed, event)] : [];
    });
    return new Map(await Promise.all(counted));
  }

  async function countAll(needed: readonly Counter[], event: Event): Promise<[seq: string, Counts]> {
    const counted = needed.map(async (counter) => [counter.name, await counters.count(counter, event)] as const);
    return [event.seq, new Map(await Promise.all(counted))];
  }
}

const nothing: Counts = new Map();
