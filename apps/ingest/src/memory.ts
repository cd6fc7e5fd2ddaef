import type { Redis } from "ioredis";

/** What Redis says of its memory, in bytes. */
export interface Memory {
  used: number;
  /** `maxmemory`; 0: no limit. */
  limit: number;
}

/** How much memory Redis uses, and may. Nothing is known, and no limit assumed, where it would not say. */
export async function readMemory(redis: Redis): Promise<Memory> {
  const info = await redis.info("memory").catch(() => "");
  return { used: numberIn(info, "used_memory"), limit: numberIn(info, "maxmemory") };
}

function numberIn(info: string, field: string): number {
  return Number(new RegExp(`^${field}:(\\d+)`, "m").exec(info)?.[1] ?? 0);
}
