import { setTimeout as wait } from "node:timers/promises";
import {
  Batch,
  Delivery,
  isolate,
  type Lease,
  type Observations,
  partitionOf,
  Poll,
  reclaim,
  Resumption,
} from "@statuswire/queues";
import { isRefusal, tellTrouble } from "@statuswire/service";
import { LeaseLostError, PermanentError } from "@statuswire/status";
import type { Processor, Worker } from "bullmq";
import type { LimitFunction } from "p-limit";
import { z } from "zod";
import type { Context } from "../context.ts";
import type { createFatal } from "../fatal.ts";
import { createProcessor } from "../processor.ts";
import type { Work } from "../work.ts";
import { closeWorkers, openWorker } from "../workers.ts";
import { createFlow, type Failure } from "./flow.ts";
import type { PartitionWork } from "./hold.ts";
import { createMeter } from "./meter.ts";
import { createQuarantineJob } from "./quarantine-job.ts";
import type { QuarantineProcess } from "./quarantine-process.ts";

/** What all partitions of a process share. */
export interface Shared {
  context: Context;
  work: Work;
  observations: Observations;
  quarantine: QuarantineProcess;
  fatal: ReturnType<typeof createFatal>;
  /** Lets so many jobs of observations be done at once: one process gains nothing by more, and answers late. */
  observing: LimitFunction;
  /** Lets so many pages be read at once. */
  polling: LimitFunction;
  /** A job has failed. */
  failed(): void;
  /** A lease turned out to be lost. */
  lost(lease: Lease): void;
}

/** Polls of a partition in hand: enough that a slow page holds up few others, and few enough to be handed over quickly. */
const pollsInHand = 4;
const retryMs = 1000;

/**
 * Begins the work of a partition: its observations one job after another, its polls, and what a process did not survive. `load` is
 * what was measured of it so far, in items a second.
 */
export async function openPartition(lease: Lease, load: number, shared: Shared): Promise<PartitionWork> {
  const { context, work, quarantine, fatal, observing, polling } = shared;
  const { queues, redis, store, tell } = context;
  const own = queues.partitions[lease.partition];
  if (!own) throw new Error(`There is no partition ${lease.partition}.`);
  const isOurs = (provider: string) => partitionOf(provider, queues.partitions.length) === lease.partition;
  // Whoever held the partition before may have moved its providers.
  store.forget(isOurs);
  const meter = createMeter({ redis, waitKey: own.observations.toKey("wait"), initial: load });
  const flow = await createFlow({
    ...{ lease, queues, own, deferred: context.deferred, store, isOurs },
    observations: shared.observations,
    observe: (some) =>
      meter.observed(
        some.length,
        observing(() => orThrow(work.observe(some))),
      ),
    buried: (letter) => bury(letter, shared),
  });
  // BullMQ then hands out no second job while one is in hand, whoever asks: not after a lost answer either.
  await own.observations.setGlobalConcurrency(1);
  // What the holder before had in hand. It may not have it any more: what it writes is refused.
  await reclaim(redis, [own.observations, own.polls, own.quarantine]);

  const quarantineJob = createQuarantineJob({
    quarantine,
    lease,
    settle: (failures) => flow.settle(failures),
    giveUp: (poll) => work.poll(poll, { stalls: 1 }),
  });
  const isolatePoll = async (suspect: Poll): Promise<void> => {
    await isolate(queues, own, suspect);
  };

  const workers: Worker[] = [
    open(
      "observations",
      createProcessor({
        data: z.union([Batch, Resumption]),
        perform: (data, tries) =>
          persist(() => flow.perform(data, tries), "resume" in data ? isOfRedis : isPassing),
        isolate: (data) =>
          persist(async () => {
            if ("observations" in data) await fatal.suspect(data);
            await flow.isolate(data);
          }, isPassing),
        ...{ lost, tell },
      }),
      1,
    ),
    open(
      "polls",
      createProcessor({
        data: Poll,
        perform: (poll, tries) => meter.polled(polling(() => work.poll(poll, tries))),
        isolate: isolatePoll,
        ...{ lost, tell },
      }),
      pollsInHand,
    ),
    open(
      "quarantine",
      createProcessor({
        data: z.union([Batch, Poll, Delivery]),
        perform: (suspect) => quarantineJob(suspect),
        isolate: undefined,
        ...{ lost, tell },
      }),
      1,
    ),
  ];

  function open(kind: "observations" | "polls" | "quarantine", process: Processor, concurrency: number): Worker {
    const name = own?.[kind].name ?? kind;
    return openWorker({ name, kind, concurrency, redis, process, failed: shared.failed, tell });
  }

  /** Without the lease no other job is taken, and those in hand are left to whoever has it now. */
  function lost(): void {
    for (const worker of workers) void worker.pause(true);
    shared.lost(lease);
  }

  /**
   * A job that goes back to its queue for a retry is overtaken by those behind it. What keeps everything from being recorded is
   * waited for here, with the job in hand.
   */
  async function persist<Outcome>(
    perform: () => Promise<Outcome>,
    isWaitedFor: (error: unknown) => boolean,
  ): Promise<Outcome> {
    for (;;) {
      try {
        return await perform();
      } catch (error) {
        if (!isWaitedFor(error)) throw error;
        tellTrouble(tell, { queue: own?.observations.name, error });
        await wait(retryMs);
        context.held.check(lease);
      }
    }
  }

  return {
    load: () => meter.load(),
    close: (patienceMs) => closeWorkers(workers, patienceMs),
  };
}

async function bury(letter: Parameters<Shared["fatal"]["condemn"]>[0], { context, fatal }: Shared): Promise<void> {
  const { queue, jobId, error, reason, attempts } = letter;
  context.tell("job.buried", { queue, job: jobId, error, reason, attempts });
  context.figures.deadLetters.inc({ queue });
  await fatal.condemn(letter);
}

/** What keeps everything from being recorded is no observation's failure. */
async function orThrow(observing: Promise<Failure[]>): Promise<Failure[]> {
  const failures = await observing;
  const general = failures.find(({ error }) => error instanceof LeaseLostError || isOfRedis(error));
  if (general) throw general.error;
  return failures;
}

function isPassing(error: unknown): boolean {
  return !(error instanceof PermanentError || error instanceof LeaseLostError);
}

function isOfRedis(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof PermanentError) return false;
  return (
    isRefusal(error) ||
    error.name === "ReplyError" ||
    /^Connection is closed|^Stream isn't writeable/.test(error.message)
  );
}
