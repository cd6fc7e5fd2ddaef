import { addAlone, Batch, Delivery, groupCommit, Poll } from "@statuswire/queues";
import type { Worker } from "bullmq";
import type { Config } from "./config.ts";
import type { Context } from "./context.ts";
import { createDeliverer } from "./deliver.ts";
import { createObserver } from "./observe.ts";
import { createBatchObserver } from "./observe-batch.ts";
import { createPoller } from "./poll.ts";
import { createProcessor } from "./processor.ts";
import { openWorker } from "./workers.ts";

/** Opens the queues' workers: polls are asked, observations observed, deliveries delivered. */
export function openWorkers(context: Context, concurrency: Config["concurrency"], failed: () => void): Worker[] {
  const { queues, redis, tell } = context;
  const ask = async (poll: Poll) => {
    await queues.polls.add(poll.provider, poll, { removeOnComplete: true, removeOnFail: true });
  };
  const observe = createObserver({ ...context, ask });
  const observeBatch = createBatchObserver({ observe, addAlone: (some) => addAlone(queues.observations, some) });
  const poll = createPoller({ ...context, observations: groupCommit(queues.observations) });
  const deliver = createDeliverer(context);

  const common = { redis, tell, failed };
  return [
    openWorker({
      ...common,
      name: "observations",
      concurrency: concurrency.observations,
      process: createProcessor({ data: Batch, perform: observeBatch, tell }),
    }),
    openWorker({
      ...common,
      name: "polls",
      concurrency: concurrency.polls,
      process: createProcessor({ data: Poll, perform: poll, tell }),
    }),
    openWorker({
      ...common,
      name: "deliveries",
      concurrency: concurrency.deliveries,
      process: createProcessor({ data: Delivery, perform: deliver, tell }),
    }),
  ];
}
