import { Batch, Delivery, isolate, Poll, Suspect } from "@statuswire/queues";
import type { Worker } from "bullmq";
import type { z } from "zod";
import type { Config } from "./config.ts";
import type { Context } from "./context.ts";
import { createFatal } from "./fatal.ts";
import { createProcessor, type Tries } from "./processor.ts";
import { createWork, type Work } from "./work.ts";
import { openWorker } from "./workers.ts";

interface Hints {
  /** A job has failed. */
  failed(): void;
  /** A job has gone into quarantine. */
  isolated(): void;
}

/** Opens the queues' workers: polls are asked, observations observed, deliveries delivered. */
export function openWorkers(context: Context, concurrency: Config["concurrency"], hints: Hints): Worker[] {
  const { queues, redis, tell } = context;
  const fatal = createFatal(context);
  const isolated = async (suspect: Suspect) => {
    await fatal.suspect(suspect);
    await isolate(queues, suspect);
    hints.isolated();
  };
  const work = createWork(context, isolated);

  function open<Data extends Suspect>(name: keyof typeof concurrency, { data, perform }: Job<Data>): Worker {
    const process = createProcessor({ data, perform, isolate: isolated, tell });
    return openWorker({ name, concurrency: concurrency[name], process, redis, failed: hints.failed, tell });
  }

  return [
    open("observations", { data: Batch, perform: work.observe }),
    open("polls", { data: Poll, perform: work.poll }),
    open("deliveries", { data: Delivery, perform: work.deliver }),
  ];
}

interface Job<Data> {
  data: z.ZodType<Data>;
  perform(data: Data, tries: Tries): Promise<unknown>;
}

/** Opens the quarantine's worker: one job at a time, whatever it is. */
export function openQuarantine(context: Context): Worker {
  const { redis, tell } = context;
  const work = createWork(context, undefined);
  const process = createProcessor({
    data: Suspect,
    perform: (suspect, tries) => perform(work, suspect, tries),
    isolate: undefined,
    tell,
  });
  return openWorker({ name: "quarantine", concurrency: 1, process, redis, failed: () => undefined, tell });
}

function perform(work: Work, suspect: Suspect, tries: Tries): Promise<unknown> {
  if ("observations" in suspect) return work.observe(suspect);
  return "sink" in suspect ? work.deliver(suspect) : work.poll(suspect, tries);
}
