import type { JobsOptions } from "bullmq";
import { findDeadLetter, graveOf } from "./dead-letters.ts";
import { type Batch, type Delivery, deliveryId, type Poll, type Suspect } from "./jobs.ts";
import { batchId } from "./observations.ts";
import { pack, type Packed } from "./packing.ts";
import { patienceWith } from "./patience.ts";
import { askOptions, type PartitionQueues, type Queues } from "./queues.ts";

/**
 * Puts a job that a process did not survive on a partition's quarantine queue, whole. The id of the new job is made of the work, so
 * that doing it twice changes nothing, even when the first time has ended as a dead letter already. Returns that id, or undefined
 * when it is a dead letter.
 */
export async function isolate(
  queues: Pick<Queues, "dead-letters">,
  { quarantine }: Pick<PartitionQueues, "quarantine">,
  suspect: Suspect,
): Promise<string | undefined> {
  const { name, data, opts } = jobOf(suspect);
  if (await findDeadLetter(queues, graveOf({ queue: "quarantine", jobId: opts.jobId }))) return undefined;
  await quarantine.add(name, data, opts);
  return opts.jobId;
}

interface Isolated {
  name: string;
  data: Suspect | Packed;
  opts: JobsOptions & { jobId: string };
}

function jobOf(suspect: Suspect): Isolated {
  if ("observations" in suspect) return observationsJob(suspect);
  return "sink" in suspect ? deliveryJob(suspect) : pollJob(suspect);
}

function observationsJob(batch: Batch): Isolated {
  const [first, ...others] = batch.observations;
  const { id = "", provider = "" } = first ?? {};
  const name = others.length ? `${provider} and ${others.length} more` : provider;
  const jobId = others.length ? batchId(batch.observations) : id;
  return { name, data: pack(batch), opts: { jobId } };
}

function deliveryJob(delivery: Delivery): Isolated {
  return { name: delivery.sink, data: delivery, opts: { ...patienceWith(delivery), jobId: deliveryId(delivery) } };
}

// A poll is worth nothing later: the next slot of the schedule is its retry.
function pollJob(poll: Poll): Isolated {
  const { provider, incident } = poll;
  const once = { attempts: 1, removeOnComplete: true, removeOnFail: true };
  const opts = incident === undefined ? once : askOptions;
  const jobId = incident === undefined ? `poll-${provider}` : `poll-${provider}-${incident}`;
  return { name: provider, data: poll, opts: { ...opts, jobId: jobId.replaceAll(":", "_") } };
}
