import { hash } from "node:crypto";
import type { Redis } from "ioredis";
import { type AppendedJob, createAppend } from "./append.ts";
import { within } from "./deadline.ts";
import type { Observation } from "./jobs.ts";
import { pack } from "./packing.ts";
import { partitionOf } from "./partitions.ts";
import type { Queues } from "./queues.ts";

/**
 * The same bytes for the same provider are the same observation, under each name that the sender gives a delivery: senders retry, and
 * a timed-out add may have happened. Other bytes under the same name are another observation. A provider's name has no colon, which
 * BullMQ takes in no id.
 */
export function webhookId(provider: string, body: Buffer | string, delivery?: string): string {
  const content = digest(body);
  return `webhook-${provider}-${delivery === undefined ? content : digest(`delivery ${delivery} ${content}`)}`;
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

/**
 * What one job carries: so many observations, and so much text unless one has more. As JSON that stays below the 128 Ki characters
 * from which V8 gives each string memory of its own, fresh from the system, which costs more than all else about a job.
 */
const largestBatch = { count: 100, chars: 96 * 1024 };

interface Options {
  /** How many partitions there are; undefined while that is not known, and then nothing is accepted. */
  partitions(): number | undefined;
  answerWithinMs?: number;
  confirm?: (() => Promise<void>) | undefined;
}

/**
 * Group commit: while one write is on its way to Redis, arrivals gather, and go together when it is answered: one job for each
 * partition that they belong to, in the order in which they came. One that comes alone goes at once. A write is accepted whole or
 * refused whole; with `answerWithinMs`, it is refused when Redis has not answered by then, and with `confirm` when that rejects,
 * once the jobs are written.
 */
export function groupCommit(redis: Redis, { partitions, answerWithinMs, confirm }: Options): Observations {
  const append = createAppend(redis);
  const gathered: Waiting[] = [];
  let isBusy = false;

  async function drain(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (gathered.length) await commit(gathered.splice(0, largestCommit));
    isBusy = false;
  }

  async function commit(waiting: Waiting[]): Promise<void> {
    try {
      const count = partitions();
      if (count === undefined) throw new Error("Redis has not said yet how many partitions there are.");
      const jobs = jobsFor(
        waiting.map(({ observation }) => observation),
        count,
      );
      const added = append(jobs).then(confirm);
      await (answerWithinMs === undefined ? added : within(answerWithinMs, added));
      for (const { resolve } of waiting) resolve();
    } catch (error) {
      // Those behind would wait as long for the same answer.
      for (const { reject } of [...waiting, ...gathered.splice(0)]) reject(error);
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

/** A job of its own for each observation, in order; adding one again, while it is kept, changes nothing. */
export async function addAlone(queues: Queues, observations: readonly Observation[]): Promise<void> {
  for (const observation of observations) {
    const { id: jobId, provider } = observation;
    await queues.of(provider).observations.add(provider, pack({ v: 1, observations: [observation] }), { jobId });
  }
}

/** Observations in one write: what is more waits for the next. */
const largestCommit = 1000;

/** The jobs that carry observations: each partition's in the order in which they came, in as few jobs as their size allows. */
export function jobsFor(observations: readonly Observation[], partitions: number): AppendedJob[] {
  const batches = new Map<number, Observation[][]>();
  const chars = new Map<number, number>();
  for (const observation of observations) {
    const partition = partitionOf(observation.provider, partitions);
    const existing = batches.get(partition) ?? [];
    const current = existing.at(-1);
    const length = (chars.get(partition) ?? 0) + observation.body.length;
    if (current && current.length < largestBatch.count && length <= largestBatch.chars) {
      current.push(observation);
      chars.set(partition, length);
    } else {
      existing.push([observation]);
      batches.set(partition, existing);
      chars.set(partition, observation.body.length);
    }
  }
  return [...batches].flatMap(([partition, ofPartition]) => ofPartition.map((batch) => jobFor(partition, batch)));
}

function jobFor(partition: number, observations: Observation[]): AppendedJob {
  const [first, ...others] = observations;
  const provider = first?.provider ?? "";
  const name = others.length ? `${provider} and ${others.length} more` : provider;
  const id = others.length ? batchId(observations) : (first?.id ?? "");
  return { partition, id, name, data: pack({ v: 1, observations }) };
}

/** The id of a job that carries several observations: made of theirs, so that adding it again changes nothing. */
export function batchId(observations: readonly Observation[]): string {
  return `batch-${digest(observations.map(({ id }) => id).join())}`;
}

function digest(content: Buffer | string): string {
  return hash("sha256", content, "hex").slice(0, 32);
}
