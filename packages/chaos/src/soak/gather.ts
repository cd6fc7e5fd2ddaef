import type { Page, Simulator } from "@statuswire/simulator";
import type { Event } from "@statuswire/status";
import { createLog, createStore } from "@statuswire/store";
import type { Redis } from "ioredis";
import type { Evidence } from "./evidence.ts";
import { providers } from "./providers.ts";

/** What was published, and what Redis holds of it. */
export async function gather(
  simulator: Simulator,
  redis: Redis,
): Promise<Pick<Evidence, "pages" | "events" | "known">> {
  const store = createStore(redis);
  const ids = await store.providers();
  const known = await Promise.all(ids.map(async (id) => [id, await store.known(id)] as const));
  return { pages: pagesOf(simulator), events: await wholeLog(redis), known: new Map(known) };
}

function pagesOf(simulator: Simulator): ReadonlyMap<string, Page> {
  return new Map(providers.map(({ id }) => [id, simulator.page(id)]));
}

async function wholeLog(redis: Redis): Promise<Event[]> {
  const log = createLog(redis);
  const events: Event[] = [];
  for (let some = await log.after(undefined, 1000); some.length; some = await log.after(some.at(-1)?.seq, 1000)) {
    events.push(...some);
  }
  return events;
}
