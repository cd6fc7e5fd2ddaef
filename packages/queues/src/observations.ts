import { createHash } from "node:crypto";
import type { Queue } from "bullmq";
import type { Observation } from "./jobs.ts";

/** The same bytes for the same provider are the same observation: senders retry, and a timed-out add may have happened. */
export function webhookId(provider: string, body: Buffer | string): string {
  return `webhook-${createHash("sha256").update(provider).update("\0").update(body).digest("hex").slice(0, 32)}`;
}

export interface Observations {
  /** Resolves once Redis has it. Rejects when Redis has not said so; it may have it all the same. */
  add(observation: Observation): Promise<void>;
}

interface Waiting {
  observation: Observation;
  resolve(): void;
  reject(error: unknown): void;
}

/** What one trip to Redis carries at most. */
const largestBatch = 256;

/**
 * Group commit: while one batch is on its way to Redis, arrivals gather, and go together when it is answered.
 * One that comes alone goes at once. `addBulk` is no transaction: when it fails, the whole batch is refused, and a sender
 * who tries again adds what is missing, since an id that is there already is left alone.
 */
export function groupCommit(queue: Queue): Observations {
  const gathered: Waiting[] = [];
  let isBusy = false;

  async function drain(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (gathered.length) await commit(gathered.splice(0, largestBatch));
    isBusy = false;
  }

  async function commit(batch: Waiting[]): Promise<void> {
    const jobs = batch.map(({ observation }) => ({ name: observation.provider, data: observation, opts: { jobId: observation.id } }));
    try {
      await queue.addBulk(jobs);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    add: (observation) =>
      new Promise<void>((resolve, reject) => {
        gathered.push({ observation, resolve, reject });
        void drain();
      }),
  };
}
