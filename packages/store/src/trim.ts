import { byPlace } from "@statuswire/status";
import type { Redis } from "ioredis";
import { groupsOf, type SharedPlace } from "./groups.ts";
import { keys } from "./keys.ts";

interface Options {
  /** How long events are kept, in ms. */
  keepMs: number;
  now: number;
}

/**
 * Forgets events that are older than wanted and that every group has done with: behind the slowest reader nothing is trimmed.
 * Returns how many were forgotten.
 */
export async function trimLog(redis: Redis, { keepMs, now }: Options): Promise<number> {
  const needed = await Promise.all((await groupsOf(redis)).map((group) => firstNeeded(redis, group)));
  const [oldest = "0-0"] = [`${Math.max(0, now - keepMs)}-0`, ...needed].sort(byPlace);
  return redis.xtrim(keys.events, "MINID", oldest);
}

/** The first event that a group still needs: the oldest that a member has in hand, else what comes after the last taken. */
async function firstNeeded(redis: Redis, { name, taken }: SharedPlace): Promise<string> {
  const [, oldestInHand] = (await redis.xpending(keys.events, name)) as [number, string | null];
  return oldestInHand ?? taken;
}
