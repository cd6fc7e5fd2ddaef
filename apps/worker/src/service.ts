import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { closeQueues, createLeases, groupCommit, isolate } from "@statuswire/queues";
import {
  examineRedis,
  listenNear,
  metrics,
  notFound,
  probes,
  problems,
  redisIsReady,
  type Running,
  type Service,
  watchRedis,
} from "@statuswire/service";
import { joinGroup } from "@statuswire/store";
import { Gauge, type Tell } from "@statuswire/telemetry";
import express, { type Express } from "express";
import pLimit from "p-limit";
import type { Redis } from "ioredis";
import { createAsk } from "./ask.ts";
import type { Config } from "./config.ts";
import { type Context, createBasis, createContext, keptIn } from "./context.ts";
import { countAlso } from "./counted.ts";
import { type Dispatcher, startDispatcher } from "./dispatch.ts";
import { createFatal } from "./fatal.ts";
import { openDeliveries } from "./jobs.ts";
import { type Holder, startHolding } from "./partitions/hold.ts";
import { migrate } from "./partitions/migrate.ts";
import { openPartition } from "./partitions/open.ts";
import { createQuarantineProcess } from "./partitions/quarantine-process.ts";
import { startRecurring } from "./recurring.ts";
import { createPrinter } from "./print.ts";
import { createRouter } from "./routing.ts";
import { createSendOff } from "./send-off.ts";
import { createWork } from "./work.ts";
import { closeWorkers } from "./workers.ts";

/** A lease that its worker has not renewed for so long is another's to take: it is renewed once a second. */
const leaseMs = 5_000;
const observationJobsAtOnce = 4;

/** A worker, running: it holds partitions and does their work, dispatches, delivers, buries. Any number run side by side. */
export async function startWorker(config: Config, tell: Tell): Promise<Service> {
  const basis = await createBasis(config, tell);
  const { redis, registry } = basis;
  examineRedis(redis, { tell, registry, now: Date.now });
  // Until Redis answers it is there, and says that it is not ready.
  let working: (Running & Pick<Holder, "partitions">) | undefined;
  const app = createApp({ redis, registry, tell, partitions: () => working?.partitions() ?? [] });
  const listening = await listenNear(app, { ...config.http, variable: "WORKER_PORT" });
  new Gauge({
    name: "statuswire_partitions_held",
    help: "Partitions whose work this worker does; 0 when others hold them all.",
    registers: [registry],
    collect() {
      this.set(working?.partitions().length ?? 0);
    },
  });
  let isStopping = false;
  const starting = createContext(config, tell, basis)
    .then((context) => (working = startWorking(context, config)))
    .catch((error: unknown) => {
      if (!isStopping) throw error;
    });

  return {
    url: listening.url,
    async stop() {
      isStopping = true;
      if (!working) redis.disconnect();
      await Promise.all([starting, listening.close()]);
      await working?.stop();
    },
  };
}

function startWorking(context: Context, config: Config): Running & Pick<Holder, "partitions"> {
  const { redis, queues, outbound, sinks, held, figures, tell } = context;
  const worker = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const fatal = createFatal(context);
  const work = createWork(context, async (poll) => {
    await isolate(queues, queues.of(poll.provider), poll);
  });
  const quarantine = createQuarantineProcess({
    env: config.env,
    counted: (counted) => countAlso(figures, counted),
    tell,
  });
  const failed = () => recurring.nudge("burials");
  const shared = {
    ...{ context, work, quarantine, fatal, failed },
    observations: groupCommit(redis, { partitions: () => queues.partitions.length }),
    observing: pLimit(observationJobsAtOnce),
    polling: pLimit(config.concurrency.polls),
    lost: (lease: Parameters<Holder["renounce"]>[0]) => holder.renounce(lease),
  };
  const deliveries = openDeliveries(context, work, { concurrency: config.concurrency.deliveries, failed });
  const recurring = startRecurring(context, { migrate: () => migrate(migration) });
  const migration = { redis, queues, worker, tell };
  const holder = startHolding({
    ...{ worker, held, tell, ttlMs: leaseMs, patienceMs: config.graceMs / 2 },
    leases: createLeases(redis, { worker, ttlMs: leaseMs, partitionCount: queues.partitions.length }),
    open: (lease, load) => openPartition(lease, load, shared),
    before: () => migrate(migration),
    changed: () => recurring.nudge("schedules"),
    now: () => performance.now(),
  });
  // Of its own, or what the dispatcher asks and notes would wait behind thousands of questions of those who observe.
  const line = watchRedis(redis.duplicate(), tell);
  const dispatcher = dispatch(context, line, worker);

  return {
    partitions: () => holder.partitions(),
    async stop() {
      // Without Redis nothing in hand can be finished: it is left to be picked up, and nobody waits for an answer. A connection
      // may not have heard yet that its server has gone.
      const isOnline = (await redisIsReady(redis)) === true;
      const finished = Promise.all([recurring.stop(), dispatcher.stop()]);
      await Promise.all([
        holder.stop({ isOnline }),
        closeWorkers([deliveries], isOnline ? config.graceMs / 2 : 0),
        quarantine.stop(),
      ]);
      if (isOnline) {
        await finished;
        await figures.times.lags.flush(context.lags, context.now());
        await closeQueues(queues);
      }
      await sinks.close();
      outbound.close();
      for (const connection of [line, redis]) connection.disconnect();
    },
  };
}

function dispatch(context: Context, redis: Redis, worker: string): Dispatcher {
  const { watched, retention, tell } = context;
  const blocking = watchRedis(redis.duplicate(), tell);
  const group = joinGroup({ redis, blocking }, { group: "dispatch", consumer: worker });
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

interface Surface {
  redis: Redis;
  registry: Context["registry"];
  /** The partitions that this worker holds. */
  partitions(): readonly number[];
  tell: Tell;
}

function createApp({ redis, registry, partitions, tell }: Surface): Express {
  const app = express();
  app.disable("x-powered-by");
  const ready = () => redisIsReady(redis);
  app.use(
    probes({ ready, about: () => ({ partitions: partitions() }) }),
    metrics(registry),
    notFound,
    problems(tell),
  );
  return app;
}
