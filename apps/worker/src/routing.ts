import { dependsOnKnown, type Event, type Known, route } from "@statuswire/status";
import type { Store } from "@statuswire/store";

interface Dependencies {
  store: Pick<Store, "known">;
  sinks: { names(): readonly string[] };
}

/** An event and a sink that it goes to. */
export interface Routed {
  event: Event;
  sink: string;
}

/** Finds out which events go to which sinks. What is known of a provider is read once for all, and only where it matters. */
export function createRouter({ store, sinks }: Dependencies) {
  return async function routeAll(events: readonly Event[]): Promise<Routed[]> {
    const names = sinks.names();
    const known = await knownOf(events);
    return events.flatMap((event) =>
      route(event, { sinks: names, known: known.get(event.provider) }).map((sink) => ({ event, sink })),
    );
  };

  async function knownOf(events: readonly Event[]): Promise<ReadonlyMap<string, Known>> {
    // The console alone gets everything.
    if (sinks.names().length === 1) return new Map();
    const providers = [...new Set(events.filter(dependsOnKnown).map(({ provider }) => provider))];
    return new Map(
      await Promise.all(providers.map(async (provider) => [provider, await store.known(provider)] as const)),
    );
  }
}
