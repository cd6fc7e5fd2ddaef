import { type Delivery, deliveryJob } from "@statuswire/queues";
import { consoleName, type Event, subjectOf } from "@statuswire/status";
import type { Fifos, Lines } from "@statuswire/store";
import type { Queue } from "bullmq";
import { queuedAs } from "./in-order.ts";
import type { Sinks } from "./sinks.ts";

interface Dependencies {
  queues: { deliveries: Queue };
  lines: Lines;
  fifos: Fifos;
  sinks: Pick<Sinks, "traitsOf">;
}

/** An event and how a sink is to be told of it. */
export interface Sent extends Pick<Delivery, "sink" | "as" | "ifOpen" | "digest" | "about" | "reason"> {
  event: Event;
}

/**
 * Queues deliveries. Where a sink keeps an order, each takes its place first: in its provider's FIFO, or in its subject's line. `joined`
 * is called once all have their places, before the first can be delivered.
 */
export function createSendOff({ queues: { deliveries }, lines, fifos, sinks }: Dependencies) {
  return async function sendOff(all: readonly Sent[], joined?: () => Promise<void>): Promise<void> {
    const queued = all.map((sent) => ({ sent, job: jobOf(sent) }));
    await Promise.all(queued.map(join));
    await joined?.();
    if (queued.length) await deliveries.addBulk(queued.map(({ job }) => job));
  };

  async function join({ sent, job }: { sent: Sent; job: ReturnType<typeof jobOf> }): Promise<void> {
    const { event, sink } = sent;
    if (job.data.strict) await lines.join(sink, subjectOf(event), { seq: event.seq, job: job.opts.jobId });
    else if (keepsItsPlace(sent) && sinks.traitsOf(sink).order === "all")
      await fifos.join(sink, event.provider, [queuedAs(job.data)]);
  }

  function jobOf({ event, ...how }: Sent) {
    if (how.sink === consoleName) return deliveryJob(event, how);
    const { patience, order } = sinks.traitsOf(how.sink);
    const isStrict = order === "strict" && keepsItsPlace(how);
    return deliveryJob(event, { ...how, patience, ...(isStrict && { strict: true }) });
  }
}

// A notice is no event of its subject, and a digest none of any. Our own output is never away, and prints every event.
function keepsItsPlace({ sink, as, digest }: Omit<Sent, "event">): boolean {
  return sink !== consoleName && as === undefined && digest === undefined;
}
