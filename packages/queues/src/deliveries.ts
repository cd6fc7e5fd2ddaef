import type { Event } from "@statuswire/status";
import { type Delivery, deliveryId } from "./jobs.ts";
import { patienceWith } from "./patience.ts";

/** A delivery as a job, under an id made of the event's place and the sink: added again, it changes nothing. */
export function deliveryJob(
  { id, seq, provider }: Pick<Event, "id" | "seq" | "provider">,
  how: Omit<Delivery, "v" | "eventId" | "seq">,
) {
  const data: Delivery = { v: 1, eventId: id, seq, ...how };
  return { name: `${how.sink}: ${provider}`, data, opts: { ...patienceWith(data), jobId: deliveryId(data) } };
}
