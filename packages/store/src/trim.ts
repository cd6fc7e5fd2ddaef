import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

interface Options {
  /** How long events are kept, in ms. */
  keepMs: number;
  now: number;
}

interface Group {
  name: string;
  /** The place up to which it has taken events. */
  taken: string;
}

/**
 * Forgets events that are older than wanted and that every group has done with: behind the slowest reader nothing is trimmed.
 * Returns how many were forgotten.
 */
export async function trimLog(redis: Redis, { keepMs, now }: Options): Promise<number> {
  if (!(await redis.exists(keys.events))) return 0;
  const needed = await Promise.all((await groupsOf(redis)).map((group) => firstNeeded(redis, group)));
  const [oldest = "0-0"] = [`${Math.max(0, now - keepMs)}-0`, ...needed].sort(byPlace);
  return redis.xtrim(keys.events, "MINID", oldest);
}

async function groupsOf(redis: Redis): Promise<Group[]> {
  const groups = (await redis.xinfo("GROUPS", keys.events)) as unknown[][];
  const field = (fields: unknown[], name: string) => String(fields[fields.indexOf(name) + 1]);
  return groups.map((fields) => ({ name: field(fields, "name"), taken: field(fields, "last-delivered-id") }));
}

/** The first event that a group still needs: the oldest that a member has in hand, else what comes after the last taken. */
async function firstNeeded(redis: Redis, { name, taken }: Group): Promise<string> {
  const [, oldestInHand] = (await redis.xpending(keys.events, name)) as [number, string | null];
  return oldestInHand ?? taken;
}

function byPlace(one: string, other: string): number {
  const [ms = 0, count = 0] = one.split("-").map(Number);
  const [otherMs = 0, otherCount = 0] = other.split("-").map(Number);
  return ms - otherMs || count - otherCount;
}
