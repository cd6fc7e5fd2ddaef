import type { Queue } from "bullmq";
import type { Redis, Result } from "ioredis";

/**
 * Takes the locks off the jobs that are in hand and marks each as one to be looked at (BullMQ 6.7.0, `moveStalledJobsToWait`), so
 * that the next worker's first look, which is when it starts, puts them back at the head of the queue, counted as stalled.
 *
 * KEYS: active, stalled, stalled-check. ARGV: the prefix of the queue's keys.
 */
const reclaimJobs = `
local jobs = redis.call('LRANGE', KEYS[1], 0, -1)
for _, id in ipairs(jobs) do
  redis.call('DEL', ARGV[1] .. id .. ':lock')
  redis.call('SADD', KEYS[2], id)
end
redis.call('DEL', KEYS[3])
return #jobs
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    reclaimJobs(...keysAndArguments: string[]): Result<number, Context>;
  }
}

/**
 * Makes the jobs of queues free that someone has in hand who may not have them any more: whoever holds the lease of a partition
 * need not wait until the locks of the one before have run out. To be called before a worker is started. Gives their number.
 */
export async function reclaim(redis: Redis, queues: readonly Pick<Queue, "toKey">[]): Promise<number> {
  redis.defineCommand("reclaimJobs", { numberOfKeys: 3, lua: reclaimJobs });
  const reclaimed = await Promise.all(
    queues.map((queue) =>
      redis.reclaimJobs(
        queue.toKey("active"),
        queue.toKey("stalled"),
        queue.toKey("stalled-check"),
        queue.toKey(""),
      ),
    ),
  );
  return reclaimed.reduce((sum, count) => sum + count, 0);
}
