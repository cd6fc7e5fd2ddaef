import { readPartitionCount } from "@statuswire/queues";
import type { Redis } from "ioredis";
import { type Repeated, repeat } from "./repeat.ts";

/** How many partitions there are, as Redis says; undefined until it has said so. */
export interface PartitionCount extends Repeated {
  current(): number | undefined;
}

const everyMs = 2_000;

/** Follows the number of partitions: all that ingest knows of how the work is shared. */
export function followPartitionCount(redis: Redis): PartitionCount {
  let count: number | undefined;
  const read = async () => {
    count = await readPartitionCount(redis).catch(() => count);
  };
  redis.on("ready", () => void read());
  const { stop } = repeat(everyMs, read);
  return { current: () => count, stop };
}
