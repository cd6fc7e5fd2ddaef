import { setTimeout as delay } from "node:timers/promises";
import { prefix, type QueueName, waitAfter } from "@statuswire/queues";
import { isRefusal, watchQueues } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";
import { type Job, type Processor, Worker } from "bullmq";
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

/**
 * How often a job may stall. In quarantine a job is alone, and it is the third process that it takes down. Elsewhere a job that has
 * stalled is only moved to quarantine: it may stall as often as its neighbours do.
 */
const maxStalledCount = { alone: 1, amongOthers: 100 };

/** A delivery that a killed worker had in hand is to be tried again within 12 s, the start of the quarantine's process included. */
const deliveryLocks = { lockDuration: 6_000, stalledInterval: 2_000 };

/**
 * A BullMQ worker with our settings. Locks of 8 s checked every 3 s: what a killed worker had in hand is picked up after 11 s at
 * most, where the defaults take up to 90.
 */
export function openWorker({ name, concurrency, redis, process, failed, tell }: Options): Worker {
  const held = new Set<Job>();
  const worker = new Worker(name, holding(held, process), {
    connection: redis,
    prefix,
    concurrency,
    lockDuration: 8_000,
    stalledInterval: 3_000,
    ...(name === "deliveries" && deliveryLocks),
    maxStalledCount: name === "quarantine" ? maxStalledCount.alone : maxStalledCount.amongOthers,
    skipVersionCheck: true,
    settings: { backoffStrategy: waitAfter },
  });
  inHand.set(worker, held);
  watchQueues([worker], tell);
  pauseWhileRefused(worker);
  worker.on("failed", failed);
  return worker;
}

/** The jobs that each worker has in hand. */
const inHand = new WeakMap<Worker, ReadonlySet<Job>>();

function holding(held: Set<Job>, process: Processor): Processor {
  return async (job, token) => {
    held.add(job);
    try {
      return (await process(job, token)) as unknown;
    } finally {
      held.delete(job);
    }
  };
}

// Unguarded, a worker that Redis refuses asks again at once: 4,000 errors a second and a full core.
function pauseWhileRefused(worker: Worker): void {
  let timer: NodeJS.Timeout | undefined;
  worker.on("error", (error) => {
    if (timer || !isRefusal(error)) return;
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

/**
 * Takes no new job, waits for those in hand for so many ms, and then hands them back, to be taken up by another at once: they may
 * go on here for a moment, which is harmless. With 0 they are left as they are, since Redis is away.
 */
export async function closeWorkers(workers: readonly Worker[], patienceMs: number): Promise<void> {
  await Promise.all(workers.map((worker) => close(worker, patienceMs)));
}

async function close(worker: Worker, patienceMs: number): Promise<void> {
  if (patienceMs === 0) return worker.close(true);
  // Closed while its blocking connection is between two tries to connect, a worker would wait for ever (BullMQ 6.7.0).
  await worker.backend.reconnectBlocking();
  const closed = worker.close().then(() => true);
  if (await Promise.race([closed, delay(patienceMs, false, { ref: false })])) return;
  const left = [...(inHand.get(worker) ?? [])];
  // One that is done in this very moment can't be handed back any more.
  await Promise.allSettled(left.map((job) => job.moveToWait(job.token)));
}
