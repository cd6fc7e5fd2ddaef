import { loadConfig } from "@statuswire/config";
import { createOutbound } from "@statuswire/outbound";
import {
  addAlone,
  Batch,
  buryFailed,
  closeQueues,
  connect,
  Delivery,
  groupCommit,
  openQueues,
  Poll,
} from "@statuswire/queues";
import {
  health,
  listenNear,
  notFound,
  problems,
  redisIsReady,
  type Service,
  watchRedis,
} from "@statuswire/service";
import { consoleSink } from "@statuswire/sinks";
import type { Event } from "@statuswire/status";
import { createLedger, createLog, createReadings, createStore, joinGroup } from "@statuswire/store";
import { createRegistry, type Tell } from "@statuswire/telemetry";
import express from "express";
import { startChores } from "./chores.ts";
import type { Config } from "./config.ts";
import { createDeliverer } from "./deliver.ts";
import { startDispatcher } from "./dispatch.ts";
import { createObserver } from "./observe.ts";
import { createBatchObserver } from "./observe-batch.ts";
import { createPoller } from "./poll.ts";
import { createProcessor } from "./processor.ts";
import { askAllNow, reconcile } from "./schedule.ts";
import { watch } from "./watched.ts";
import { closeWorkers, openWorker } from "./workers.ts";

/** A worker, running: it polls, observes, dispatches, delivers, buries. Any number run side by side. */
export async function startWorker(config: Config, tell: Tell): Promise<Service> {
  const { config: wish, path } = await loadConfig({ env: config.env });
  tell("config.loaded", { file: path ?? "default", providers: wish.providers.length });
  const now = () => new Date();

  const redis = watchRedis(connect(config.redis.url, "worker"), tell);
  const reading = watchRedis(redis.duplicate(), tell);
  const queues = openQueues(redis);
  for (const queue of Object.values(queues)) queue.on("error", (error) => tell("queue.troubled", { error }));

  const watched = watch(wish.providers);
  const store = createStore(redis);
  const readings = createReadings(redis);
  const log = createLog(redis);
  const outbound = createOutbound({ allowPrivate: wish.outbound.allowPrivate });
  const sinks = new Map([
    ["console", consoleSink({ ...config.console, write: (text) => process.stdout.write(text) })],
  ]);

  const ask = async (poll: Poll) => {
    await queues.polls.add(poll.provider, poll, { removeOnComplete: true, removeOnFail: true });
  };
  const observe = createObserver({ watched, store, readings, ask, tell });
  const observeBatch = createBatchObserver({ observe, addAlone: (some) => addAlone(queues.observations, some) });
  const poll = createPoller({
    watched,
    outbound,
    observations: groupCommit(queues.observations),
    readings,
    store,
    tell,
    now,
  });
  const deliver = createDeliverer({ sinks, log, ledger: createLedger(redis), tell });

  const chores = startChores(
    [
      { name: "schedules", everyMs: 15_000, perform: keepSchedules },
      { name: "burials", everyMs: 5_000, perform: bury },
    ],
    tell,
  );
  async function keepSchedules(): Promise<void> {
    const repairs = await reconcile({ polls: queues.polls, now: Date.now }, watched.all());
    if (Object.values(repairs).some((ids) => ids.length)) tell("schedule.repaired", count(repairs));
  }
  async function bury(): Promise<void> {
    for (const { queue, jobId, error, reason, attempts } of await buryFailed(queues)) {
      tell("job.buried", { queue, job: jobId, error, reason, attempts });
    }
  }

  const common = { redis, tell, failed: () => chores.nudge("burials") };
  const { concurrency } = config;
  const workers = [
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
  const dispatcher = startDispatcher({
    group: joinGroup(reading, { group: "dispatch", consumer: `worker-${process.pid}` }),
    deliveries: queues.deliveries,
    route: routeOf,
    tell,
  });
  await askAllNow(queues.polls, watched.all());

  const app = express();
  app.disable("x-powered-by");
  app.use(health({ ready: () => redisIsReady(redis), registry: createRegistry() }), notFound, problems(tell));
  const listening = await listenNear(app, { ...config.http, variable: "WORKER_PORT" });
  return {
    url: listening.url,
    async stop() {
      await Promise.all([chores.stop(), dispatcher.stop(), closeWorkers(workers, redis), listening.close()]);
      await closeQueues(queues);
      outbound.close();
      redis.disconnect();
    },
  };
}

// The first look at a page is recorded and shown, but it is no news to anyone.
function routeOf(event: Event): readonly string[] {
  return event.initial ? [] : ["console"];
}

function count(repairs: object): Record<string, number> {
  return Object.fromEntries(Object.entries(repairs).map(([what, ids]: [string, string[]]) => [what, ids.length]));
}
