import type { Redis, Result } from "ioredis";
import { partitionQueueName } from "./partitions.ts";
import { jobOptions, prefix } from "./queues.ts";

/**
 * Adds jobs to several queues, all or none, as BullMQ 6.7.0 adds each (`addStandardJob`): the job's hash, its place in the wait
 * list, and the marker that wakes a worker. One with an id that is there already changes nothing. BullMQ itself adds to one queue
 * at a time. It also writes to the queue's event stream, which nobody of ours reads.
 *
 * KEYS: of each job the prefix of its queue's keys. ARGV: the time in epoch ms, LPUSH or RPUSH; of each job id, name, data, options.
 */
const appendJobs = `
for index, base in ipairs(KEYS) do
  local at = index * 4 - 1
  local job = base .. ARGV[at]
  if redis.call('EXISTS', job) == 0 then
    redis.call('HSET', job, 'name', ARGV[at + 1], 'data', ARGV[at + 2], 'opts', ARGV[at + 3], 'timestamp', ARGV[1], 'delay', '0', 'priority', '0')
    redis.call(ARGV[2], base .. 'wait', ARGV[at])
    redis.call('ZADD', base .. 'marker', 0, '0')
  end
end
return #KEYS
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    appendJobs(count: number, ...keysAndArguments: (string | number)[]): Result<number, Context>;
  }
}

/** An `observations` job for one partition. */
export interface AppendedJob {
  partition: number;
  id: string;
  name: string;
  data: unknown;
}

const options = JSON.stringify(jobOptions.observations).slice(0, -1);

/** Adds jobs to the queues of their partitions, in one call: all or none. `isFirst`: each ahead of all that wait. */
export type Append = (jobs: readonly AppendedJob[], how?: { isFirst: boolean }) => Promise<void>;

/** Teaches a connection to append jobs. */
export function createAppend(redis: Redis): Append {
  redis.defineCommand("appendJobs", { lua: appendJobs });
  return async function append(jobs, { isFirst } = { isFirst: false }) {
    const keys = jobs.map(({ partition }) => `${prefix}:${partitionQueueName("observations", partition)}:`);
    const args = jobs.flatMap(({ id, name, data }) => [
      id,
      name,
      JSON.stringify(data),
      `${options},"jobId":${JSON.stringify(id)}}`,
    ]);
    await redis.appendJobs(keys.length, ...keys, Date.now(), isFirst ? "RPUSH" : "LPUSH", ...args);
  };
}
