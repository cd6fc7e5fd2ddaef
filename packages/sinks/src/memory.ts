import type { Redis } from "ioredis";

/** What a sink remembers from one delivery to the next. Keys are the sink's own. */
export interface Memory {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

/** Longer than incidents last; places refuse to edit what is much older. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** A sink's memory in Redis, for every worker alike. What was not set anew for 30 days is forgotten. */
export function redisMemory(redis: Redis, sink: string): Memory {
  const place = (key: string) => `{sw}:sink:${sink}:${key}`;
  return {
    get: async (key) => (await redis.get(place(key))) ?? undefined,
    async set(key, value) {
      await redis.set(place(key), value, "PX", keptMs);
    },
  };
}
