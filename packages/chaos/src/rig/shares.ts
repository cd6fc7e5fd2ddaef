import { readLeases } from "@statuswire/queues";
import { grouped } from "./grouped.ts";
import type { Path } from "./path.ts";

/** Partitions by which the shares of two workers with nothing to do may differ. */
const tolerated = 2;

/** Whether so many workers hold all partitions, in about equal shares. */
export async function areHeldBy({ redis, queues }: Path, workers: number): Promise<boolean> {
  const { owners } = await readLeases(redis, queues.partitions.length);
  const held = owners.filter((owner) => owner !== undefined);
  const shares = [...grouped(held, (owner) => owner).values()].map(({ length }) => length);
  const isAll = held.length === queues.partitions.length && shares.length === workers;
  return isAll && Math.max(...shares) - Math.min(...shares) <= tolerated;
}
