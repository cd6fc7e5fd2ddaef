import type { Queues } from "@statuswire/queues";
import { z } from "zod";
import { nothingAsked, operation, type Operation } from "../operation.ts";
import { QueueView } from "../views/queue.ts";

interface Dependencies {
  queues: Queues;
}

/** `/api/v1/queues`: how much is under way. Each job of them is at `/queues`. */
export function queueCounts({ queues }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/queues",
      summary: "How many jobs each queue holds, by state.",
      asks: nothingAsked,
      answers: z.object({ queues: z.array(QueueView) }),
      perform: async () => ({ queues: await Promise.all(Object.values(queues).map(countOf)) }),
    }),
  ];
}

async function countOf(queue: Queues["polls"]): Promise<QueueView> {
  const {
    waiting = 0,
    prioritized = 0,
    active = 0,
    delayed = 0,
    failed = 0,
  } = await queue.getJobCounts(...(["waiting", "prioritized", "active", "delayed", "failed"] as const));
  return { name: queue.name, waiting: waiting + prioritized, active, delayed, failed };
}
