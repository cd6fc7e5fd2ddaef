import { type Delivery, deliveryId } from "@statuswire/queues";
import { type Event, isNewer, RetryLaterError, subjectOf } from "@statuswire/status";
import type { Lines } from "@statuswire/store";
import type { Queue } from "bullmq";

interface Dependencies {
  lines: Lines;
  queues: {
    deliveries: Pick<Queue, "getJobState">;
    of(job: string): { quarantine: Pick<Queue, "getJobState"> };
  };
}

const waitMs = 1000;

/** Keeps a sink's strict order: an event passes when all before it of its subject have been told, or given up. */
export function createStrictOrder({ lines, queues }: Dependencies) {
  return {
    /** Throws RetryLaterError while another comes first. */
    async await({ sink }: Delivery, event: Event): Promise<void> {
      const subject = subjectOf(event);
      const first = await lines.first(sink, subject);
      if (first === undefined || !isNewer(event.seq, first.seq)) return;
      // Whoever is not on the queue any more was buried, and holds up nobody.
      if (!(await isQueued(first.job))) await lines.leave(sink, subject, first);
      throw new RetryLaterError(`${sink} is told of what came before first.`, { delayMs: waitMs });
    },
    async leave(delivery: Delivery, event: Event): Promise<void> {
      await lines.leave(delivery.sink, subjectOf(event), { seq: event.seq, job: deliveryId(delivery) });
    },
  };

  async function isQueued(job: string): Promise<boolean> {
    // In quarantine before it has left its own queue, under the same id.
    const homes = [queues.deliveries, queues.of(job).quarantine];
    const states = await Promise.all(homes.map((queue) => queue.getJobState(job)));
    return !states.every((state) => ["completed", "failed", "unknown"].includes(state));
  }
}
