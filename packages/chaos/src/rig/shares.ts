import { readLeases } from "@statuswire/queues";
import type { Path } from "./path.ts";

/** Whether so many workers share all partitions, whatever each has. */
export async function areHeldBy({ redis, queues }: Path, workers: number): Promise<boolean> {
  const { owners } = await readLeases(redis, queues.partitions.length);
  return owners.every((owner) => owner !== undefined) && new Set(owners).size === workers;
}
