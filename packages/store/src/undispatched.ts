import type { Redis } from "ioredis";
import { keys } from "./keys.ts";
import { groupsOf } from "./groups.ts";

/** The place of the oldest event in the log that a group has not done with; undefined when it has done with all. */
export async function oldestUndone(redis: Redis, group: string): Promise<string | undefined> {
  const place = (await groupsOf(redis)).find(({ name }) => name === group);
  if (!place) return (await redis.xrange(keys.events, "-", "+", "COUNT", 1))[0]?.[0];
  const [pending, [untaken]] = await Promise.all([
    redis.xpending(keys.events, group),
    redis.xrange(keys.events, `(${place.taken}`, "+", "COUNT", 1),
  ]);
  // Summed up: how many are in hand, the first of them, the last, and whose they are.
  const [, inHand] = pending as [number, string | null];
  return inHand ?? untaken?.[0];
}
