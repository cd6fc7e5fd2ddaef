import type { JobsOptions } from "bullmq";
import { findDeadLetter, type Grave, graveOf } from "./dead-letters.ts";
import { type Batch, type Delivery, deliveryId, type Poll, type Suspect } from "./jobs.ts";
import { pack, type Packed } from "./packing.ts";
import { patienceWith } from "./patience.ts";
import { askOptions, type Queues } from "./queues.ts";

/**
 * Puts what a process did not survive where it can take nothing with it. What rode together goes apart: only one of them did it.
 * Ids are those of the work, so that doing it twice changes nothing, even when the first time has ended in a grave already: who
 * isolates a job may die over its neighbours before the job is done with.
 */
export async function isolate(queues: Queues, suspect: Suspect): Promise<void> {
  const jobs = jobsOf(suspect);
  const graves = await Promise.all(jobs.map(({ opts }) => findGrave(queues, opts.jobId)));
  await queues.quarantine.addBulk(jobs.filter((_job, index) => graves[index] === undefined));
}

async function findGrave(queues: Queues, jobId: string | undefined): Promise<Grave | undefined> {
  return jobId === undefined
    ? undefined
    : findDeadLetter(queues, graveOf({ queue: queues.quarantine.name, jobId }));
}

function jobsOf(suspect: Suspect): { name: string; data: Suspect | Packed; opts: JobsOptions }[] {
  if ("observations" in suspect) return suspect.observations.map(observationJob);
  return "sink" in suspect ? [deliveryJob(suspect)] : [pollJob(suspect)];
}

function observationJob(observation: Batch["observations"][number]) {
  const data = pack({ v: 1, observations: [observation] });
  return { name: observation.provider, data, opts: { jobId: observation.id } };
}

function deliveryJob(delivery: Delivery) {
  return { name: delivery.sink, data: delivery, opts: { ...patienceWith(delivery), jobId: deliveryId(delivery) } };
}

// A poll is worth nothing later: the next slot of the schedule is its retry.
function pollJob(poll: Poll) {
  const { provider, incident } = poll;
  const opts = { attempts: 1, removeOnComplete: true, removeOnFail: true, jobId: `poll-${provider}` };
  return { name: provider, data: poll, opts: incident === undefined ? opts : askOptions };
}
