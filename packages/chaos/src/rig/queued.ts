import { Batch, legible, openQueues } from "@statuswire/queues";
import type { Redis } from "ioredis";

/** The ids of the observations that Redis holds, waiting or done; of jobs that carry none, their own. */
export async function queuedIds(redis: Redis): Promise<ReadonlySet<string>> {
  const { observations } = openQueues(redis);
  const jobs = await observations.getJobs(["wait", "active", "delayed", "completed", "failed"]);
  return new Set(
    jobs.flatMap(({ id, data }) => {
      const batch = Batch.safeParse(legible(data));
      return batch.success ? batch.data.observations.map((observation) => observation.id) : [String(id)];
    }),
  );
}
