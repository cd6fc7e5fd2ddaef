import { UnrecoverableError, Worker } from "bullmq";
import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { type Observation, pack, prefix, type Queues } from "../src/index.ts";

export function observation(id: string, provider = "acme"): Observation {
  return { id, provider, via: "webhook", receivedAt: "2026-03-01T10:00:00.000Z", body: `{"id":"${id}"}` };
}

/** Puts jobs on the observations queue, each with one observation, and has them fail for good. */
export async function failing(queues: Queues, redis: Redis, ids: readonly string[]): Promise<void> {
  const reason = 'UnknownProviderError: No provider is called "acme".';
  const data = (id: string) => pack({ v: 1, observations: [observation(id)] });
  await queues
    .of("acme")
    .observations.addBulk(ids.map((id) => ({ name: "acme", data: data(id), opts: { jobId: id } })));
  const fail = () => Promise.reject(new UnrecoverableError(reason));
  const worker = new Worker(queues.of("acme").observations.name, fail, {
    connection: redis,
    prefix,
    concurrency: 50,
  });
  await waitUntil(
    "the jobs to fail",
    async () => (await queues.of("acme").observations.getFailedCount()) === ids.length,
  );
  await worker.close();
}
