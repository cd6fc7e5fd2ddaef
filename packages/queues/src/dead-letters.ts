import { PermanentError } from "@statuswire/status";
import type { Job, Queue } from "bullmq";
import { Batch, DeadLetter, Delivery, type Observation } from "./jobs.ts";
import { legible } from "./packing.ts";
import { patienceWith } from "./patience.ts";
import { allQueues, type QueueKind, type Queues } from "./queues.ts";

/** The queues whose failed jobs become dead letters. A failed poll does not: the next one is its retry. */
const buried: ReadonlySet<QueueKind> = new Set(["observations", "deliveries", "quarantine"]);

const batch = 100;

/**
 * Buries what has failed for good: copies each failed job among the dead letters under an id made of its own, then removes it.
 * A crash between the two repeats the copy into the same place. BullMQ's failed set is what remembers; an event listener
 * alone loses one in ten. Looks at all queues, or at those named. Returns the letters buried.
 */
export async function buryFailed(queues: Queues, among = allQueues(queues)): Promise<DeadLetter[]> {
  const some = among.filter(({ kind }) => buried.has(kind));
  const letters = await Promise.all(some.map((one) => buryFailedOf(one, queues["dead-letters"])));
  return letters.flat();
}

type Sweepable = ReturnType<typeof allQueues>[number];

/** An observation that can't be recorded, and why. */
export interface Failed {
  observation: Observation;
  error: Error;
  attempts: number;
  /** How many processes ended while they worked on it. */
  stalls?: number;
}

/** Makes a dead letter of one observation of a job that carries several. Returns the letter. */
export async function buryObservation(
  queues: Pick<Queues, "dead-letters">,
  queue: QueueKind,
  { observation, error, attempts, stalls = 0 }: Failed,
): Promise<DeadLetter> {
  const now = new Date().toISOString();
  const letter: DeadLetter = {
    v: 1,
    queue,
    jobId: observation.id,
    name: observation.provider,
    data: { v: 1, observations: [observation] },
    error: error.name,
    reason: error.message,
    attempts,
    stalls,
    stack: error.stack,
    createdAt: observation.receivedAt,
    failedAt: now,
  };
  await queues["dead-letters"].add(letter.error, letter, { jobId: graveOf(letter) });
  return letter;
}

async function buryFailedOf({ kind, queue }: Sweepable, deadLetters: Queue): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (let failed = await failedOf(queue); failed.length; failed = await failedOf(queue)) {
    const fresh = failed.map((job) => letterOf(kind, job));
    await deadLetters.addBulk(
      fresh.map((letter) => ({ name: letter.error, data: letter, opts: { jobId: graveOf(letter) } })),
    );
    await Promise.all(failed.map((job) => job.remove()));
    letters.push(...fresh);
  }
  return letters;
}

async function failedOf(queue: Queue): Promise<Job[]> {
  // One that has been removed in the meantime is undefined, whatever BullMQ's types say.
  const jobs: (Job | undefined)[] = await queue.getFailed(0, batch - 1);
  return jobs.filter((job) => job !== undefined);
}

// What BullMQ itself writes about a job that its workers did not survive.
const gaveUp = /^job (stalled|started) more than allowable limit$/;

function letterOf(queue: string, job: Job): DeadLetter {
  return {
    v: 1,
    queue,
    jobId: job.id ?? "",
    name: job.name,
    data: legible(job.data),
    ...causeOf(job),
    attempts: job.attemptsMade,
    stalls: job.stalledCounter,
    stack: job.stacktrace?.at(-1),
    createdAt: new Date(job.timestamp).toISOString(),
    failedAt: new Date(job.finishedOn ?? job.timestamp).toISOString(),
  };
}

function causeOf({ failedReason, stalledCounter }: Job): Pick<DeadLetter, "error" | "reason"> {
  if (gaveUp.test(failedReason)) {
    const reason = `No process that took it up was heard of again; in its last queue that was so ${stalledCounter} times.`;
    return { error: "StalledError", reason };
  }
  const [, error = "Error", reason = failedReason] = /^(\w*Error): ([\s\S]*)$/.exec(failedReason) ?? [];
  return { error, reason };
}

/** Where a job of some queue is buried: whoever buries it again finds it there. */
export function graveOf({ queue, jobId }: Pick<DeadLetter, "queue" | "jobId">): string {
  return `${queue}-${jobId}`.replaceAll(":", "_");
}

/** A dead letter and the id by which it is shown, redriven and dropped. */
export interface Grave {
  id: string;
  letter: DeadLetter;
}

/** The dead letters, newest first. */
export async function listDeadLetters({ "dead-letters": deadLetters }: Queues, count = 100): Promise<Grave[]> {
  const jobs = await deadLetters.getJobs(["waiting"], 0, count - 1, false);
  return jobs.flatMap((job) => graveIn(job) ?? []);
}

/** One dead letter, or undefined. */
export async function findDeadLetter(
  { "dead-letters": deadLetters }: Pick<Queues, "dead-letters">,
  id: string,
): Promise<Grave | undefined> {
  return graveIn((await deadLetters.getJob(id)) as Job | undefined);
}

/** A dead letter as its queue holds it. */
export function graveIn(job: Job | undefined): Grave | undefined {
  const letter = DeadLetter.safeParse(job?.data);
  return job?.id && letter.success ? { id: job.id, letter: letter.data } : undefined;
}

/**
 * Puts a dead letter's job back on its queue, as a new job: a retried one would keep its stall count and fail at once. An observation
 * goes to the queue of its provider's partition, whichever that is by now.
 * Its id is made of the letter's, so that redriving twice, or crashing in between, runs it once. Returns that id. Throws PermanentError when its queue is no more.
 */
export async function redrive(queues: Queues, { id, letter }: Grave): Promise<string> {
  const queue = queueFor(queues, letter);
  if (!queue) throw new PermanentError(`There is no queue called "${letter.queue}" to put ${id} back on.`);
  const jobId = `${id}-redriven-${Date.parse(letter.failedAt)}`;
  const delivery = Delivery.safeParse(letter.data);
  await queue.add(letter.name, letter.data, { ...(delivery.success && patienceWith(delivery.data)), jobId });
  await drop(queues, id);
  return jobId;
}

// A letter names the kind of its queue; which partition's it is, its data tells.
function queueFor(queues: Queues, { queue: kind, jobId, data }: DeadLetter): Queue | undefined {
  const provider = Batch.safeParse(data).data?.observations[0]?.provider;
  if (kind === "observations" || kind === "quarantine") return queues.of(provider ?? jobId)[kind];
  return kind === "deliveries" ? queues.deliveries : undefined;
}

/** Forgets a dead letter. Whether there was one. */
export async function drop({ "dead-letters": deadLetters }: Queues, id: string): Promise<boolean> {
  // Removing what is not there succeeds, too.
  const exists = (await deadLetters.getJob(id)) !== undefined;
  return exists && (await deadLetters.remove(id)) === 1;
}
