import type { Queue } from "bullmq";
import type { Redis } from "ioredis";

/** What waits in queues. */
export interface Backlog {
  jobs: number;
  bytes: number;
}

/** How many waiting jobs of a queue are measured, and in how many places: all of them, as long as there are no more. */
const sample = { places: 4, each: 4 };

/** How much waits in these queues. Jobs are counted; their bytes are those of a sample, times the jobs that there are per job measured. */
export async function measureBacklog(redis: Redis, queues: readonly Queue[]): Promise<Backlog> {
  const backlogs = await Promise.all(queues.map((queue) => backlogOf(redis, queue)));
  return {
    jobs: backlogs.reduce((sum, { jobs }) => sum + jobs, 0),
    bytes: backlogs.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function backlogOf(redis: Redis, queue: Queue): Promise<Backlog> {
  const jobs = await queue.count();
  if (!jobs) return { jobs, bytes: 0 };
  const lists = await Promise.all(["wait", "paused"].map((list) => sampleOf(redis, queue.toKey(list))));
  const lengths = await Promise.all(lists.flat().map((id) => redis.hstrlen(queue.toKey(id), "data")));
  const measured = lengths.reduce((sum, length) => sum + length, 0);
  return { jobs, bytes: lengths.length ? Math.round((measured / lengths.length) * jobs) : 0 };
}

/** Ids from evenly spaced places of a list, or all that it has. */
async function sampleOf(redis: Redis, list: string): Promise<string[]> {
  const { places, each } = sample;
  const length = await redis.llen(list);
  if (length <= places * each) return redis.lrange(list, 0, -1);
  const starts = Array.from({ length: places }, (_, nth) => Math.floor((nth * (length - each)) / (places - 1)));
  const ids = await Promise.all(starts.map((start) => redis.lrange(list, start, start + each - 1)));
  return ids.flat();
}
