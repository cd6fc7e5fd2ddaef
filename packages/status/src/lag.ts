import type { Event } from "./event.ts";

/** What a vendor's clock may be ahead of ours. */
const aheadMs = 60_000;

/**
 * How many ms after the vendor's own time of it we saw an event. Undefined where that says nothing of how fast we are: at the first
 * look at a page, for what we concluded, and where the vendor gave no time, or one that is yet to come.
 */
export function vendorLagMs(
  event: Pick<Event, "initial" | "inferred" | "timestamp" | "observedAt">,
): number | undefined {
  const { initial, inferred, timestamp, observedAt } = event;
  // Without a time of the vendor's, an event bears the time at which we saw it.
  if (initial || inferred || timestamp === observedAt) return undefined;
  const lag = Date.parse(observedAt) - Date.parse(timestamp);
  return lag >= -aheadMs ? Math.max(0, lag) : undefined;
}
