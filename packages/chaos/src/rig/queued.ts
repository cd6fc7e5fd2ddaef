import { Batch, legible, openQueues } from "@statuswire/queues";
import type { Redis } from "ioredis";

/** The ids of the observations that Redis holds, waiting or done; of jobs that carry none, their own. */
export async function queuedIds(redis: Redis): Promise<ReadonlySet<string>> {
  const { partitions } = openQueues(redis);
  const jobs = await Promise.all(
    partitions.map(({ observations }) =>
      observations.getJobs(["wait", "active", "delayed", "completed", "failed"]),
    ),
  );
  return new Set(
    jobs.flat().flatMap(({ id, data }) => {
      const batch = Batch.safeParse(legible(data));
      return batch.success ? batch.data.observations.map((observation) => observation.id) : [String(id)];
    }),
  );
}
