import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  Batch,
  DeadLetter,
  legible,
  type Observation,
  partitionQueueName,
  unpacked,
  usualPartitionCount,
} from "@statuswire/queues";
import { type Job, Queue, UnrecoverableError, Worker } from "bullmq";
import { Redis } from "ioredis";

// The worker that a plain author writes: it reads, prints, and buries what fails from an event listener. A control.
const redis = new Redis(process.env["REDIS_URL"] ?? "", { maxRetriesPerRequest: null });
redis.on("error", () => undefined);
const deadLetters = new Queue("dead-letters", { connection: redis, prefix: "{sw}" });
deadLetters.on("error", () => undefined);
for (let partition = 0; partition < usualPartitionCount; partition++) {
  const worker = new Worker(
    partitionQueueName("observations", partition),
    (job) => Promise.resolve(observe(Batch.parse(unpacked(job.data)).observations)),
    {
      connection: redis,
      prefix: "{sw}",
      concurrency: 20,
      // As short as ours, or nothing would be seen of it within a minute.
      lockDuration: 8_000,
      stalledInterval: 3_000,
    },
  );
  worker.on("error", () => undefined);
  worker.on("failed", (job, error) => {
    if (job) void deadLetters.add(error.name, letterOf(job, error));
  });
}

function observe(observations: readonly Observation[]): void {
  for (const { body } of observations) {
    const { incident } = JSON.parse(body) as { incident?: { name: string } };
    if (!incident) throw new UnrecoverableError("It tells of no incident.");
    process.stdout.write(`${JSON.stringify({ title: incident.name })}\n`);
  }
}

function letterOf(job: Job, { message: reason }: Error): DeadLetter {
  return {
    ...{ v: 1, queue: job.queueName, jobId: job.id ?? "", name: job.name, data: legible(job.data) },
    ...{ error: "PayloadError", reason, attempts: job.attemptsMade, stalls: job.stalledCounter },
    createdAt: new Date(job.timestamp).toISOString(),
    failedAt: new Date().toISOString(),
  };
}

const server = createServer((_request, response) => response.end());
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // It listens on TCP, so it has one.
  process.send?.({ ready: true, url: `http://127.0.0.1:${port}` });
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
