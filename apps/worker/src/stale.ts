import type { Provider } from "@statuswire/config";
import { recovered, stale, staleFrom } from "@statuswire/status";
import type { Deadlines, Networks, Readings, Store } from "@statuswire/store";

interface Dependencies {
  readings: Pick<Readings, "of">;
  deadlines: Deadlines;
  networks: Pick<Networks, "of">;
  store: Pick<Store, "transition">;
  now(): Date;
}

/** Reports sources that have become stale, when they do: whether or not they are polled at that time. */
export interface StaleReporter {
  /** Those of the providers whose time has come. Asks Redis once where there are none. */
  report(providers: readonly Provider[]): Promise<void>;
  /** Reports one at once. Said once. */
  declare(provider: Provider, how: { at: string; reason: string }): Promise<void>;
}

export function createStaleReporter({ readings, deadlines, networks, store, now }: Dependencies): StaleReporter {
  async function report(providers: readonly Provider[]): Promise<void> {
    const due = new Set(await deadlines.due(now().getTime()));
    if (!due.size) return;
    const network = await networks.of();
    // One event says so of all of them.
    if (network.lostAt !== undefined) return;
    await Promise.all(providers.filter(({ id }) => due.has(id)).map((provider) => reportOne(provider, network)));
  }

  async function reportOne(provider: Provider, network: Awaited<ReturnType<Networks["of"]>>): Promise<void> {
    const { id, everySeconds } = provider;
    const { failures, failingSince, outcome } = await readings.of(id);
    if (!failures || failingSince === undefined) return deadlines.clear(id);
    const from = staleFrom(failingSince, everySeconds, network);
    if (from > now().getTime()) return deadlines.set(id, from);
    await declare(provider, { at: new Date(from).toISOString(), reason: outcome ?? "cannot be read" });
    await deadlines.clear(id);
  }

  async function declare({ id, name }: Provider, { at, reason }: { at: string; reason: string }): Promise<void> {
    await store.transition(id, (known) => stale(known, { at, name, reason }), { via: "poll", at });
    // A poll that succeeded meanwhile has found nothing to recover from.
    const { failures, polledAt = at } = await readings.of(id);
    if (failures) return;
    await store.transition(id, (known) => recovered(known, { at: polledAt, name }), { via: "poll", at: polledAt });
  }

  return { report, declare };
}
