import { PermanentError } from "@statuswire/status";
import type { Job } from "bullmq";
import { z } from "zod";

const Noted = z.object({ refused: z.object({ name: z.string(), message: z.string() }) });

/** Notes at a job, as its progress, that the sink has refused its event, which another job delivered. */
export async function noteRefusal(
  job: Pick<Job, "updateProgress">,
  { name, message }: PermanentError,
): Promise<void> {
  await job.updateProgress({ refused: { name, message } } satisfies z.infer<typeof Noted>);
}

/** The refusal that is noted as a job's progress, if one is. */
export function refusalIn(progress: unknown): PermanentError | undefined {
  const { data } = Noted.safeParse(progress);
  return data && Object.assign(new PermanentError(data.refused.message), { name: data.refused.name });
}
