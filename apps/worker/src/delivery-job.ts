import { type Delivery, patienceWith } from "@statuswire/queues";
import type { Event } from "@statuswire/status";

interface How extends Pick<Delivery, "sink" | "as" | "ifOpen" | "digest" | "about"> {
  /** What tells this job from another about the same event and sink. */
  mark?: string;
}

/** A delivery as a job, under an id made of the event's place and the sink: added again, it changes nothing. */
export function deliveryJob({ id, seq, provider }: Pick<Event, "id" | "seq" | "provider">, { mark, ...how }: How) {
  const data: Delivery = { v: 1, eventId: id, seq, ...how };
  const marks = [how.as, how.ifOpen && "if-open", how.digest && "digest", how.about, mark].filter(Boolean);
  const jobId = ["delivery", seq, how.sink, ...marks].join("-");
  return { name: `${how.sink}: ${provider}`, data, opts: { ...patienceWith(how.sink), jobId } };
}
