import {
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
export interface Routed extends Decided {
  event: Event;
}

/**
 * Finds out what becomes of events, and records it before anything follows from it: what was decided once stands, whoever
 * asks again after a crash. What is known of a provider is read once for all, and only where it matters.
 */
export function createRouter({ store, counters, traces, routing, originOf }: Dependencies) {
  return async function routeAll(events: readonly Event[]): Promise<Routed[]> {
    const current = routing();
    const known = await knownOf(events, current);
    return Promise.all(
      events.map(async (event) => {
        const { provider } = event;
        const place = { routing: current, origin: originOf(provider), known: known.get(provider) };
        const counts = await countsFor(event, place);
        return { event, ...(await traces.decide(event, decide(event, { ...place, counts }))) };
      }),
    );
  };

  async function knownOf(events: readonly Event[], current: Routing): Promise<ReadonlyMap<string, Known>> {
    const asked = events.filter((event) => dependsOnKnown(event, current));
    const providers = [...new Set(asked.map(({ provider }) => provider))];
    return new Map(
      await Promise.all(providers.map(async (provider) => [provider, await store.known(provider)] as const)),
    );
  }

  async function countsFor(event: Event, place: Parameters<typeof countersFor>[1]): Promise<Counts> {
    const counted = countersFor(event, place).map(
      async (counter) => [counter.name, await counters.count(counter, event)] as const,
    );
    return new Map(await Promise.all(counted));
  }
}
