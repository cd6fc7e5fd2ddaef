import { prefix, type QueueName, waitAfter } from "@statuswire/queues";
import type { Tell } from "@statuswire/telemetry";
import { type Processor, Worker } from "bullmq";
import type { Redis } from "ioredis";

interface Options {
  name: QueueName;
  concurrency: number;
  redis: Redis;
  process: Processor;
  /** A hint that a job has failed, so that it is buried soon; what is missed, the next sweep finds. */
  failed(): void;
  tell: Tell;
}

/** What Redis says when it cannot work at present, and would say a thousand times a second if asked. */
const refusals =
  /^(OOM|READONLY|MISCONF|LOADING|NOAUTH|NOPERM|NOREPLICAS|CLUSTERDOWN|MASTERDOWN|MOVED|ASK|TRYAGAIN|BUSY)\b/;

/**
 * How often a job may stall. In quarantine a job is alone, and it is the third process that it takes down. Elsewhere a job that has
 * stalled is only moved to quarantine: it may stall as often as its neighbours do.
 */
const maxStalledCount = { alone: 1, amongOthers: 100 };

/**
 * A BullMQ worker with our settings. Locks of 8 s checked every 3 s: what a killed worker had in hand is picked up after 11 s at
 * most, where the defaults take up to 90.
 */
export function openWorker({ name, concurrency, redis, process, failed, tell }: Options): Worker {
  const worker = new Worker(name, process, {
    connection: redis,
    prefix,
    concurrency,
    lockDuration: 8_000,
    stalledInterval: 3_000,
    maxStalledCount: name === "quarantine" ? maxStalledCount.alone : maxStalledCount.amongOthers,
    skipVersionCheck: true,
    settings: { backoffStrategy: waitAfter },
  });
  pauseWhileRefused(worker, tell);
  worker.on("failed", failed);
  return worker;
}

// Unguarded, a worker that Redis refuses asks again at once: 4,000 errors a second and a full core.
function pauseWhileRefused(worker: Worker, tell: Tell): void {
  let timer: NodeJS.Timeout | undefined;
  worker.on("error", (error) => {
    tell("queue.troubled", { queue: worker.name, error });
    if (timer || !refusals.test(error.message)) return;
    void worker.pause(true);
    timer = setTimeout(
      () => {
        timer = undefined;
        void worker.resume();
      },
      2000 + Math.random() * 1000,
    ).unref();
  });
}

/** Takes no new job and waits for those in hand; with `force`, for none. */
export async function closeWorkers(workers: readonly Worker[], force: boolean): Promise<void> {
  await Promise.all(workers.map((worker) => close(worker, force)));
}

async function close(worker: Worker, force: boolean): Promise<void> {
  // Closed while its blocking connection is between two tries to connect, a worker would wait for ever (BullMQ 6.7.0).
  if (!force) await worker.backend.reconnectBlocking();
  await worker.close(force);
}
