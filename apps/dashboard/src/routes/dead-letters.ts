import {
  deadLettersOf,
  drop,
  findDeadLetter,
  type Grave,
  listDeadLetters,
  type Queues,
  redrive,
} from "@statuswire/queues";
import type { Tell } from "@statuswire/telemetry";
import { z } from "zod";
import { missing, operation, type Operation } from "../operation.ts";
import { deadLetterSummary, DeadLetterSummary, deadLetterView, DeadLetterView } from "../views/dead-letter.ts";

interface Dependencies {
  queues: Queues;
  tell: Tell;
}

const DeadLetters = z.object({
  deadLetters: z.array(DeadLetterSummary),
  total: z.int().describe("How many there are, listed or not."),
});
const Redriven = z.object({ queue: z.string(), jobId: z.string() });
const One = z.strictObject({ id: z.string() });

/** `/api/v1/dead-letters`: what could not succeed, and what to do about it. */
export function deadLetters({ queues, tell }: Dependencies): Operation[] {
  async function find(id: string): Promise<Grave> {
    const grave = await findDeadLetter(queues, id);
    if (!grave) throw missing("dead letter", id);
    return grave;
  }

  return [
    operation({
      path: "/api/v1/dead-letters",
      summary: "The newest dead letters, newest first.",
      asks: z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) }),
      answers: DeadLetters,
      async perform({ limit }) {
        const [graves, total] = await Promise.all([
          listDeadLetters(queues, limit),
          queues["dead-letters"].getWaitingCount(),
        ]);
        return { deadLetters: graves.map(deadLetterSummary), total };
      },
    }),
    operation({
      path: "/api/v1/dead-letters/:id",
      summary: "One dead letter with its payload.",
      asks: One,
      answers: DeadLetterView,
      mayBeMissing: true,
      perform: async ({ id }) => deadLetterView(await find(id)),
    }),
    operation({
      method: "post",
      path: "/api/v1/dead-letters/redrive",
      summary: "Puts every delivery to one sink back on its queue, in the order of the log.",
      asks: z.strictObject({ sink: z.string().describe("The sink's name in the configuration.") }),
      answers: z.object({ redriven: z.array(Redriven) }),
      async perform({ sink }) {
        const redriven: z.infer<typeof Redriven>[] = [];
        for (const grave of await deadLettersOf(queues, sink)) {
          const { queue } = grave.letter;
          redriven.push({ queue, jobId: await redrive(queues, grave) });
        }
        if (redriven.length) tell("job.redriven", { sink, jobs: redriven.length });
        return { redriven };
      },
    }),
    operation({
      method: "post",
      path: "/api/v1/dead-letters/:id/redrive",
      summary: "Puts one back on its queue as a new job.",
      asks: One,
      answers: Redriven,
      mayBeMissing: true,
      async perform({ id }) {
        const grave = await find(id);
        const { queue } = grave.letter;
        const jobId = await redrive(queues, grave);
        tell("job.redriven", { queue, job: jobId });
        return { queue, jobId };
      },
    }),
    operation({
      method: "delete",
      path: "/api/v1/dead-letters/:id",
      summary: "Forgets one for good.",
      asks: One,
      answers: z.object({ id: z.string() }),
      mayBeMissing: true,
      async perform({ id }) {
        if (!(await drop(queues, id))) throw missing("dead letter", id);
        return { id };
      },
    }),
  ];
}
