import {
  deadLettersLike,
  drop,
  findDeadLetter,
  type Grave,
  listDeadLetters,
  noteDropped,
  type Queues,
  redrive,
  type Which,
} from "@statuswire/queues";
import { HttpError } from "@statuswire/service";
import type { Traces } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { z } from "zod";
import { missing, operation, type Operation } from "../operation.ts";
import { deadLetterSummary, DeadLetterSummary, deadLetterView, DeadLetterView } from "../views/dead-letter.ts";

interface Dependencies {
  queues: Queues;
  traces: Traces;
  now(): number;
  tell: Tell;
}

const DeadLetters = z.object({
  deadLetters: z.array(DeadLetterSummary),
  total: z.int().describe("How many are meant, listed or not."),
});
const Redriven = z.object({ queue: z.string(), jobId: z.string() });
const One = z.strictObject({ id: z.string() });

const whichFields = {
  sink: z.string().describe("Deliveries to the sink of that name in the configuration.").optional(),
  queue: z.string().describe("Those that come from that queue.").optional(),
  error: z
    .string()
    .describe("Those that failed with an error of that class, such as `PermanentError`.")
    .optional(),
};
const Asked = z.strictObject({
  ...whichFields,
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** `/api/v1/dead-letters`: what could not succeed, and what to do about it. */
export function deadLetters({ queues, traces, now, tell }: Dependencies): Operation[] {
  async function find(id: string): Promise<Grave> {
    const grave = await findDeadLetter(queues, id);
    if (!grave) throw missing("dead letter", id);
    return grave;
  }

  async function list({ limit, ...which }: z.infer<typeof Asked>): Promise<{ graves: Grave[]; total: number }> {
    if (isLimited(which)) {
      const graves = await deadLettersLike(queues, which);
      return { graves: graves.toReversed().slice(0, limit), total: graves.length };
    }
    const [graves, total] = await Promise.all([
      listDeadLetters(queues, limit),
      queues["dead-letters"].getWaitingCount(),
    ]);
    return { graves, total };
  }

  return [
    operation({
      path: "/api/v1/dead-letters",
      summary: "The newest dead letters, newest first.",
      asks: Asked,
      answers: DeadLetters,
      async perform(asked) {
        const { graves, total } = await list(asked);
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
      summary: "Puts all that are meant back on their queues, in the order of the log.",
      asks: z.strictObject(whichFields),
      answers: z.object({ redriven: z.array(Redriven) }),
      async perform(which) {
        if (!isLimited(which)) throw new HttpError(400, "bad_query", { detail: sayWhich });
        const redriven: z.infer<typeof Redriven>[] = [];
        for (const grave of await deadLettersLike(queues, which)) {
          const { queue } = grave.letter;
          redriven.push({ queue, jobId: await redrive(queues, grave) });
        }
        if (redriven.length) tell("job.redriven", { ...which, jobs: redriven.length });
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
        const grave = await find(id);
        if (!(await drop(queues, id))) throw missing("dead letter", id);
        await noteDropped(grave, { traces, now: new Date(now()) });
        return { id };
      },
    }),
  ];
}

const sayWhich = "Say which: a sink, a queue or an error.";

function isLimited(which: Which): boolean {
  return Object.values(which).some((value) => value !== undefined);
}
