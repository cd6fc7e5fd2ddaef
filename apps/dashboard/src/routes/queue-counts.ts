import { allQueues, type QueueKind, type Queues, readLeases } from "@statuswire/queues";
import type { Redis } from "ioredis";
import type { Queue } from "bullmq";
import { z } from "zod";
import { nothingAsked, operation, type Operation } from "../operation.ts";
import { PartitionView, QueueView } from "../views/queue.ts";

interface Dependencies {
  queues: Queues;
  redis: Redis;
}

const kinds: readonly QueueKind[] = ["observations", "polls", "quarantine", "deliveries", "dead-letters"];

/** `/api/v1/queues`: how much is under way. Each job of them is at `/queues`. */
export function queueCounts({ queues, redis }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/queues",
      summary: "How many jobs there are of each kind, by state, over all partitions.",
      asks: nothingAsked,
      answers: z.object({ queues: z.array(QueueView) }),
      perform: async () => ({ queues: await Promise.all(kinds.map((kind) => countOf(kind, queues))) }),
    }),
    operation({
      path: "/api/v1/partitions",
      summary:
        "The partitions: which worker holds each, how many jobs wait in it, and the load that its worker measured.",
      asks: nothingAsked,
      answers: z.object({ workers: z.array(z.string()), partitions: z.array(PartitionView) }),
      perform: () => viewPartitions(redis, queues),
    }),
  ];
}

async function viewPartitions(redis: Redis, queues: Queues) {
  const [{ workers, owners, loads }, waiting] = await Promise.all([
    readLeases(redis, queues.partitions.length),
    Promise.all(queues.partitions.map(({ observations }) => observations.getJobCountByTypes("waiting", "active"))),
  ]);
  const partitions = waiting.map((jobs, partition): PartitionView => {
    const worker = owners[partition];
    const load = Math.round((loads[partition] ?? 0) * 10) / 10;
    return { partition, ...(worker !== undefined && { worker }), waiting: jobs, load };
  });
  return { workers, partitions };
}

async function countOf(name: QueueKind, queues: Queues): Promise<QueueView> {
  const some = allQueues(queues).filter(({ kind }) => kind === name);
  const counts = await Promise.all(some.map(({ queue }) => countsOf(queue)));
  const total = (state: keyof (typeof counts)[number]) => counts.reduce((sum, one) => sum + one[state], 0);
  return {
    name,
    waiting: total("waiting"),
    active: total("active"),
    delayed: total("delayed"),
    failed: total("failed"),
  };
}

async function countsOf(queue: Queue) {
  const {
    waiting = 0,
    prioritized = 0,
    active = 0,
    delayed = 0,
    failed = 0,
  } = await queue.getJobCounts(...(["waiting", "prioritized", "active", "delayed", "failed"] as const));
  return { waiting: waiting + prioritized, active, delayed, failed };
}
