import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { closeQueues } from "@statuswire/queues";
import {
  examineRedis,
  health,
  listenNear,
  notFound,
  problems,
  redisIsReady,
  type Service,
  watchRedis,
} from "@statuswire/service";
import { joinGroup } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import express, { type Express } from "express";
import type { Redis } from "ioredis";
import { createAsk } from "./ask.ts";
import type { Config } from "./config.ts";
import { type Context, createContext, keptIn } from "./context.ts";
import { countAlso } from "./counted.ts";
import { type Dispatcher, startDispatcher } from "./dispatch.ts";
import { openWorkers } from "./jobs.ts";
import { keepQuarantine } from "./quarantine-keeper.ts";
import { startRecurring } from "./recurring.ts";
import { createPrinter } from "./print.ts";
import { createRouter } from "./routing.ts";
import { createSendOff } from "./send-off.ts";
import { closeWorkers } from "./workers.ts";

/** A worker, running: it polls, observes, dispatches, delivers, buries. Any number run side by side. */
export async function startWorker(config: Config, tell: Tell): Promise<Service> {
  const context = await createContext(config, tell);
  examineRedis(context.redis, { ...context, now: Date.now });
  const listening = await listenNear(createApp(context), { ...config.http, variable: "WORKER_PORT" });
  const quarantine = keepQuarantine({
    queue: context.queues.quarantine,
    env: config.env,
    counted: (counted) => countAlso(context.figures, counted),
    ended: () => recurring.nudge("quarantine"),
    tell,
  });
  const recurring = startRecurring(context, quarantine);
  const workers = openWorkers(context, config.concurrency, {
    failed: () => recurring.nudge("burials"),
    isolated: () => recurring.nudge("quarantine"),
  });
  // Of its own, or what the dispatcher asks and notes would wait behind thousands of questions of those who observe.
  const line = watchRedis(context.redis.duplicate(), tell);
  const dispatcher = dispatch(context, line);

  return {
    url: listening.url,
    async stop() {
      const { redis, queues, outbound, sinks } = context;
      // Without Redis nothing in hand can be finished: it is left to be picked up, and nobody waits for an answer. A connection
      // may not have heard yet that its server has gone.
      const isOnline = (await redisIsReady(redis)) === true;
      const finished = Promise.all([recurring.stop(), dispatcher.stop()]);
      await Promise.all([
        closeWorkers(workers, isOnline ? config.graceMs / 2 : 0),
        quarantine.stop(),
        listening.close(),
      ]);
      if (isOnline) await finished.then(() => context.figures.times.lags.flush(context.lags, context.now()));
      if (isOnline) await finished.then(() => closeQueues(queues));
      await sinks.close();
      outbound.close();
      for (const connection of [line, redis]) connection.disconnect();
    },
  };
}

function dispatch(context: Context, redis: Redis): Dispatcher {
  const { watched, retention, tell } = context;
  const blocking = watchRedis(redis.duplicate(), tell);
  const group = joinGroup({ redis, blocking }, { group: "dispatch", consumer: `${hostname()}-${randomUUID()}` });
  const own = { ...context, ...keptIn(redis, retention) };
  return startDispatcher({
    ...own,
    group,
    route: createRouter({ ...own, originOf: watched.find }),
    sendOff: createSendOff(own),
    print: createPrinter(own),
    ask: createAsk(own),
  });
}

function createApp({ redis, registry, tell }: Context): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(health({ ready: () => redisIsReady(redis), registry }), notFound, problems(tell));
  return app;
}
