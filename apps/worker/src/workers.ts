import { setTimeout as delay } from "node:timers/promises";
import { prefix, type QueueKind, waitAfter } from "@statuswire/queues";
import { isRefusal, watchQueues } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";
import { type Job, type Processor, Worker } from "bullmq";
import type { Redis } from "ioredis";

interface Options {
  name: string;
  kind: QueueKind;
  concurrency: number;
  redis: Redis;
  process: Processor;
  /** A hint that a job has failed, so that it is buried soon; what is missed, the next sweep finds. */
  failed(): void;
  tell: Tell;
}

/** A job that has stalled is moved to quarantine, and it may stall as often as its neighbours take its worker down. */
const maxStalledCount = 1000;

/**
 * How long a job's lock lasts and how often stalled jobs are looked for, in ms. A delivery that a killed worker had in hand is
 * to be tried again within 12 s, the start of the quarantine's process included; with BullMQ's defaults it can be 90 s. A partition's
 * jobs are reclaimed by whoever takes its lease over: there, locks are for the worker that lost an answer of Redis, and with it a
 * job. They outlast the pauses of one that gets a tenth of a core. Each look costs, and a partition has three queues.
 */
const locks: Readonly<Record<QueueKind, { lockDuration: number; stalledInterval: number }>> = {
  deliveries: { lockDuration: 6_000, stalledInterval: 2_000 },
  observations: { lockDuration: 10_000, stalledInterval: 5_000 },
  quarantine: { lockDuration: 20_000, stalledInterval: 10_000 },
  polls: { lockDuration: 30_000, stalledInterval: 30_000 },
  "dead-letters": { lockDuration: 30_000, stalledInterval: 30_000 },
};
/** Seconds. A job wakes its worker; this is for the case that it does not. */
const drainDelay = 10;

/** A BullMQ worker with our settings. */
export function openWorker({ name, kind, concurrency, redis, process, failed, tell }: Options): Worker {
  const held = new Set<Job>();
  const worker = new Worker(name, holding(held, process), {
    connection: redis,
    prefix,
    concurrency,
    ...locks[kind],
    drainDelay,
    maxStalledCount,
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
