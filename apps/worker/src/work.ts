import { groupCommit, type Delivery, type Observation, type Poll } from "@statuswire/queues";
import { createAsk } from "./ask.ts";
import type { Context } from "./context.ts";
import { createDeliverer } from "./deliver.ts";
import { createHearer } from "./hear.ts";
import { createObserver } from "./observe.ts";
import { createObserveAll, type Failure } from "./partitions/flow.ts";
import { createPoller } from "./poll.ts";
import type { Tries } from "./processor.ts";

/** What is to be done with each kind of job. */
export interface Work {
  /** Records observations, each provider's in order; resolves with those that failed. */
  observe(observations: readonly Observation[]): Promise<Failure[]>;
  poll(poll: Poll, history: Partial<Tries>): Promise<unknown>;
  deliver(delivery: Delivery): Promise<unknown>;
}

/** What workers do, made of their parts. `isolate` has a page asked in quarantine; undefined in the quarantine itself. */
export function createWork(context: Context, isolate: ((poll: Poll) => Promise<void>) | undefined): Work {
  const { queues, redis } = context;
  const ask = createAsk(context);
  const observations = groupCommit(redis, { partitions: () => queues.partitions.length });
  const poll = createPoller({ ...context, observations, isolate });
  const observe = createHearer({ ...context, observe: createObserver({ ...context, ask }), poll });
  return {
    observe: createObserveAll(observe),
    poll,
    deliver: createDeliverer({ ...context, isAlone: isolate === undefined }),
  };
}
