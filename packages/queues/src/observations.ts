import { hash } from "node:crypto";
import type { Queue } from "bullmq";
import { within } from "./deadline.ts";
import type { Observation } from "./jobs.ts";
import { pack } from "./packing.ts";

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

interface Demands {
  answerWithinMs?: number;
  confirm?: (() => Promise<void>) | undefined;
}

/** One job for one observation, under the observation's own id: adding it again, while it is kept, changes nothing. */
export async function addAlone(queue: Queue, observations: readonly Observation[]): Promise<void> {
  await queue.addBulk(
    observations.map((observation) => ({
      name: observation.provider,
      data: pack({ v: 1, observations: [observation] }),
      opts: { jobId: observation.id },
    })),
  );
}

/**
 * Group commit: while one batch is on its way to Redis, arrivals gather, and go together, in one job, when it is answered.
 * One that comes alone goes at once. A batch is one write, so it is accepted whole or refused whole; with `answerWithinMs`, it is
 * refused when Redis has not answered by then, and with `confirm` when that rejects, once the batch is written.
 */
export function groupCommit(queue: Queue, { answerWithinMs, confirm }: Demands = {}): Observations {
  const gathered: Waiting[] = [];
  let isBusy = false;

  async function drain(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (gathered.length) await commit(nextBatch(gathered));
    isBusy = false;
  }

  async function commit(batch: Waiting[]): Promise<void> {
    try {
      const observations = batch.map(({ observation }) => observation);
      const added = addTogether(queue, observations).then(confirm);
      await (answerWithinMs === undefined ? added : within(answerWithinMs, added));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      // Those behind would wait as long for the same answer.
      for (const { reject } of [...batch, ...gathered.splice(0)]) reject(error);
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

function nextBatch(gathered: Waiting[]): Waiting[] {
  let chars = 0;
  const isTooMuch = ({ observation }: Waiting) => (chars += observation.body.length) > largestBatch.chars;
  const fitting = gathered.findIndex(isTooMuch);
  return gathered.splice(0, Math.min(largestBatch.count, fitting < 0 ? gathered.length : Math.max(1, fitting)));
}

async function addTogether(queue: Queue, observations: Observation[]): Promise<void> {
  const [first, ...others] = observations;
  if (!first) return;
  const name = others.length ? `${first.provider} and ${others.length} more` : first.provider;
  const jobId = others.length ? `batch-${digest(observations.map(({ id }) => id).join())}` : first.id;
  await queue.add(name, pack({ v: 1, observations }), { jobId });
}

function digest(content: Buffer | string): string {
  return hash("sha256", content, "hex").slice(0, 32);
}
