import type { JobsOptions, Queue } from "bullmq";
import { type Batch, type Delivery, deliveryId, type Poll, type Suspect } from "./jobs.ts";
import { patienceWith } from "./patience.ts";
import { askOptions } from "./queues.ts";

/**
 * Puts what a process did not survive where it can take nothing with it. What rode together goes apart: only one of them did it.
 * Ids are those of the work, so that doing it twice changes nothing.
 */
export async function isolate(quarantine: Queue, suspect: Suspect): Promise<void> {
  await quarantine.addBulk(jobsOf(suspect));
}

function jobsOf(suspect: Suspect): { name: string; data: Suspect; opts: JobsOptions }[] {
  if ("observations" in suspect) return suspect.observations.map(observationJob);
  return "sink" in suspect ? [deliveryJob(suspect)] : [pollJob(suspect)];
}

function observationJob(observation: Batch["observations"][number]) {
  const data: Batch = { v: 1, observations: [observation] };
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
