import type { Past } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";
import { decodePast, encodeGap, outdatedFields } from "./past-fields.ts";

/** What is kept of each provider's past. It is written together with the state that it comes from; only what we missed is noted here. */
export interface Pasts {
  of(provider: string): Promise<Past>;
  /** Notes that nobody read the page between two times (epoch seconds). */
  missed(provider: string, gap: { from: number; until: number }): Promise<void>;
  /** Forgets what lies before a time (epoch seconds). Returns how many facts were forgotten. */
  forget(before: number): Promise<number>;
}

/** The pasts on Redis: a hash for each provider. */
export function createPasts(redis: Redis): Pasts {
  async function forgetOf(provider: string, before: number): Promise<number> {
    const key = keys.past(provider);
    const outdated = outdatedFields(await redis.hgetall(key), before);
    return outdated.length ? redis.hdel(key, ...outdated) : 0;
  }

  return {
    of: async (provider) => decodePast(await redis.hgetall(keys.past(provider))),
    async missed(provider, gap) {
      await redis.hset(keys.past(provider), ...encodeGap(gap));
    },
    async forget(before) {
      let forgotten = 0;
      for (const provider of await redis.smembers(keys.providers)) forgotten += await forgetOf(provider, before);
      return forgotten;
    },
  };
}
