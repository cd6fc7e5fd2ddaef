import type { Page, Simulator } from "@statuswire/simulator";
import { createStore } from "@statuswire/store";
import type { Redis } from "ioredis";
import { wholeLog } from "../rig/ordered.ts";
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
