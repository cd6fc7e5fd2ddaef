import type { Event } from "@statuswire/status";

/** How many seconds after the vendor's own time of it we saw an event; undefined where that says nothing of how fast we are. */
export function lagOf(
  event: Pick<Event, "initial" | "inferred" | "via" | "timestamp" | "observedAt">,
): number | undefined {
  const { initial, inferred, via, timestamp, observedAt } = event;
  // What belongs to the first look, or was concluded by us, is as old as it is.
  if (initial || inferred || via !== "poll") return undefined;
  // The vendor gave no time.
  if (timestamp === observedAt) return undefined;
  const lag = Math.round((Date.parse(observedAt) - Date.parse(timestamp)) / 1000);
  return lag >= 0 ? lag : undefined;
}
