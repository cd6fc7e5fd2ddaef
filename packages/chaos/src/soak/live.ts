import { setTimeout as delay } from "node:timers/promises";
import type { Simulator } from "@statuswire/simulator";
import type { Store } from "@statuswire/store";
import { type Random, randomFrom } from "../rig/random.ts";
import { isPolled, type Provider, providers } from "./providers.ts";
import type { Sender } from "./sender.ts";
import { nextStep } from "./story.ts";

interface Life {
  simulator: Simulator;
  sender: Sender;
  store: Pick<Store, "known">;
  seconds: number;
  seed: number;
}

const knownEveryMs = 1000;
/** Steps of a provider whose webhooks come one after another, in a burst: several are in the queue at once. */
const mostAtOnce = 5;

/** Lets every provider's story unfold, about one step a second each, or a burst of them. */
export async function live({ simulator, sender, store, seconds, seed }: Life): Promise<void> {
  const until = performance.now() + seconds * 1000;
  const noted = noteKnown(store);

  async function unfold(provider: Provider, index: number): Promise<void> {
    const random = randomFrom(seed + 100 + index);
    while (performance.now() < until) {
      await delay(random.between(400, 1600));
      const steps = provider.hearing === "ordered" ? random.between(1, mostAtOnce) : 1;
      for (let count = 0; count < steps; count++) step(provider, random);
    }
  }

  function step(provider: Provider, random: Random): void {
    const page = simulator.page(provider.id);
    // No two things happen to a page in the same millisecond: vendors' times are all that orders them.
    const at = new Date(Math.max(Date.now(), page.updatedAt.getTime() + 1));
    const next = nextStep(page, provider, { random, at, mayEnd: (id) => mayEnd(provider, id) });
    simulator.change(provider.id, () => next.page);
    for (const push of next.pushes) {
      if (provider.hearing === "ordered") sender.sendInOrder(provider.id, push);
      else sender.send(provider.id, push);
    }
  }

  // What a page has listed only while nobody could read it, it has not told: there, an incident waits until it was heard.
  function mayEnd({ hearing }: Provider, incident: string): boolean {
    return hearing !== "polled" || noted.has(incident);
  }

  try {
    await Promise.all(providers.map(unfold));
  } finally {
    noted.stop();
  }
}

/** Looks now and then which incidents of pages are known. While Redis is away, it goes by what it knew. */
function noteKnown(store: Life["store"]) {
  const ids = new Set<string>();
  const timer = setInterval(() => {
    for (const { id } of providers.filter(isPolled)) void store.known(id).then(note, () => undefined);
  }, knownEveryMs);

  function note({ incidents }: Awaited<ReturnType<Store["known"]>>): void {
    for (const id of incidents.keys()) ids.add(id);
  }

  return { has: (id: string) => ids.has(id), stop: () => clearInterval(timer) };
}
