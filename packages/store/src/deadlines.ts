import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

/** When pages that fail become stale, if they go on failing. */
export interface Deadlines {
  /** From now on it is this one, epoch ms. */
  set(provider: string, at: number): Promise<void>;
  clear(provider: string): Promise<void>;
  /** The providers whose deadline has passed. */
  due(now: number): Promise<string[]>;
}

const day = 24 * 60 * 60 * 1000;

/** Deadlines on Redis: one sorted set, so that nobody has to look at each page each second. */
export function createDeadlines(redis: Redis): Deadlines {
  return {
    async set(provider, at) {
      await redis.zadd(keys.staleAt, at, provider);
    },
    async clear(provider) {
      await redis.zrem(keys.staleAt, provider);
    },
    async due(now) {
      const [due] = await Promise.all([
        redis.zrange(keys.staleAt, "-inf", String(now), "BYSCORE"),
        // Of providers that nobody watches any more: nobody else would take them out.
        redis.zremrangebyscore(keys.staleAt, "-inf", now - day),
      ]);
      return due;
    },
  };
}
