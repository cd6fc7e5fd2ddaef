import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

/** Readers of the log that share a place. */
export interface SharedPlace {
  name: string;
  /** The place up to which they have taken events. */
  taken: string;
}

/** Who reads the log in groups; nobody while there is no log. */
export async function groupsOf(redis: Redis): Promise<SharedPlace[]> {
  if (!(await redis.exists(keys.events))) return [];
  const groups = (await redis.xinfo("GROUPS", keys.events)) as unknown[][];
  const field = (fields: unknown[], name: string) => String(fields[fields.indexOf(name) + 1]);
  return groups.map((fields) => ({ name: field(fields, "name"), taken: field(fields, "last-delivered-id") }));
}
