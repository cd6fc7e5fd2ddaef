import { type Delivery, deliveryJob } from "@statuswire/queues";
import { consoleName, type Event, subjectOf } from "@statuswire/status";
import type { Lines } from "@statuswire/store";
import type { Queue } from "bullmq";
import type { Sinks } from "./sinks.ts";

interface Dependencies {
  queues: { deliveries: Queue };
  lines: Lines;
  sinks: Pick<Sinks, "traitsOf">;
}

/** An event and how a sink is to be told of it. */
export interface Sent extends Pick<Delivery, "sink" | "as" | "ifOpen" | "digest" | "about"> {
  event: Event;
}

/** Queues deliveries. Where a sink keeps strict order, each takes its place in its subject's line first. */
export function createSendOff({ queues: { deliveries }, lines, sinks }: Dependencies) {
  return async function sendOff(all: readonly Sent[]): Promise<void> {
    if (!all.length) return;
    const queued = all.map((sent) => ({ sent, job: jobOf(sent) }));
    await Promise.all(
      queued.map(async ({ sent: { event, sink }, job }) => {
        if (job.data.strict) await lines.join(sink, subjectOf(event), { seq: event.seq, job: job.opts.jobId });
      }),
    );
    await deliveries.addBulk(queued.map(({ job }) => job));
  };

  function jobOf({ event, ...how }: Sent) {
    if (how.sink === consoleName) return deliveryJob(event, how);
    const { patience, order } = sinks.traitsOf(how.sink);
    // A notice is no event of its subject, and a digest none of any.
    const isStrict = order === "strict" && how.as === undefined && how.digest === undefined;
    return deliveryJob(event, { ...how, patience, ...(isStrict && { strict: true }) });
  }
}
