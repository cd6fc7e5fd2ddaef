import type { Simulator } from "@statuswire/simulator";
import { waitUntil } from "@statuswire/testing";
import type { Watch } from "../rig/underway.ts";
import { isPolled, providers } from "./providers.ts";

/** Longer than a lock, a turn at a sink, and a few tries of a delivery, after the last fault. */
const drainMs = 150_000;

/** Waits until every page has been read twice more, so that what is gone is found to be, and nothing is under way. */
export async function untilQuiet(simulator: Simulator, { stillness }: Watch): Promise<void> {
  const polled = providers.filter(isPolled).map(({ id }) => id);
  const before = new Map(polled.map((id) => [id, timesRead(simulator, id)]));
  const hasBeenRead = () => polled.every((id) => timesRead(simulator, id) >= (before.get(id) ?? 0) + 2);
  await waitUntil("every page to be read twice more", hasBeenRead, drainMs);
  await waitUntil("nothing to be under way", stillness(), drainMs);
}

function timesRead(simulator: Simulator, id: string): number {
  const { 200: fresh = 0, 304: same = 0 } = simulator.requests(id);
  return fresh + same;
}
