import { Delivery, deliveryId, isolate } from "@statuswire/queues";
import type { Worker } from "bullmq";
import type { Context } from "./context.ts";
import { createProcessor } from "./processor.ts";
import { refusalIn } from "./refusal.ts";
import type { Work } from "./work.ts";
import { openWorker } from "./workers.ts";

interface Options {
  concurrency: number;
  /** A job has failed. */
  failed(): void;
}

/** Opens the worker of deliveries, which belong to no partition: any worker does any of them. */
export function openDeliveries(context: Context, work: Work, { concurrency, failed }: Options): Worker {
  const { queues, redis, tell } = context;
  const process = createProcessor({
    data: Delivery,
    async perform(delivery, { progress }) {
      const refusal = refusalIn(progress);
      if (refusal) throw refusal;
      return work.deliver(delivery);
    },
    // Which partition's quarantine it goes to does not matter; its id tells where to find it.
    isolate: async (delivery) => {
      await isolate(queues, queues.of(deliveryId(delivery)), delivery);
    },
    tell,
  });
  return openWorker({ name: "deliveries", kind: "deliveries", concurrency, redis, process, failed, tell });
}
