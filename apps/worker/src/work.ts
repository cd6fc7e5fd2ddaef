import { addAlone, type Batch, type Delivery, groupCommit, type Poll } from "@statuswire/queues";
import { createAsk } from "./ask.ts";
import type { Context } from "./context.ts";
import { createDeliverer } from "./deliver.ts";
import { createHearer } from "./hear.ts";
import { createObserver } from "./observe.ts";
import { createBatchObserver } from "./observe-batch.ts";
import { createPoller } from "./poll.ts";
import type { Tries } from "./processor.ts";

/** What is to be done with each kind of job. */
export interface Work {
  observe(batch: Batch): Promise<unknown>;
  poll(poll: Poll, history: Tries): Promise<unknown>;
  deliver(delivery: Delivery): Promise<unknown>;
}

/** What workers do, made of their parts. `isolate` has a page asked in quarantine; undefined in the quarantine itself. */
export function createWork(context: Context, isolate: ((poll: Poll) => Promise<void>) | undefined): Work {
  const { queues } = context;
  const ask = createAsk(context);
  const poll = createPoller({ ...context, observations: groupCommit(queues.observations), isolate });
  const observe = createHearer({ ...context, observe: createObserver({ ...context, ask }), poll });
  return {
    observe: createBatchObserver({ observe, addAlone: (some) => addAlone(queues.observations, some) }),
    poll,
    deliver: createDeliverer({ ...context, isAlone: isolate === undefined }),
  };
}
