import type { Redis } from "ioredis";
import { z } from "zod";
import { keys } from "./keys.ts";

/** How a sink has fared. Times are epoch ms. */
export const Health = z.object({
  /** Failures in a row, and since when. */
  failures: z.coerce.number().int().default(0),
  failingSince: z.coerce.number().optional(),
  /** Why it is given up, with the event by which that came out. */
  reason: z.string().optional(),
  noticedAt: z.string().optional(),
  /** Since when it gets nothing. */
  disabledAt: z.coerce.number().optional(),
});
export type Health = z.infer<typeof Health>;

/** How sinks have fared, over all workers. */
export interface Healths {
  of(sink: string): Promise<Health>;
  succeeded(sink: string): Promise<void>;
  /** Notes a failure; how the sink has fared, with it. */
  failed(sink: string, at: number): Promise<Health>;
  /**
   * Notes that a sink is to be given up, and gives back the place of the event by which that came out first: what others are
   * told of it is made of that.
   */
  condemn(sink: string, why: { reason: string; seq: string }): Promise<string>;
  /** From now on it gets nothing. Whether that is new. */
  disable(sink: string, at: number): Promise<boolean>;
  /** It gets events again, and is judged anew. Whether it was disabled. */
  enable(sink: string): Promise<boolean>;
}

/** Healths on Redis: a hash for each sink that fails. */
export function createHealths(redis: Redis): Healths {
  const of = async (sink: string) => Health.parse(await redis.hgetall(keys.health(sink)));
  return {
    of,
    async succeeded(sink) {
      await redis.hdel(keys.health(sink), "failures", "failingSince");
    },
    async failed(sink, at) {
      const key = keys.health(sink);
      await redis.multi().hsetnx(key, "failingSince", at).hincrby(key, "failures", 1).exec();
      return of(sink);
    },
    async condemn(sink, { reason, seq }) {
      const key = keys.health(sink);
      await redis.multi().hsetnx(key, "reason", reason).hsetnx(key, "noticedAt", seq).exec();
      return (await redis.hget(key, "noticedAt")) ?? seq;
    },
    disable: async (sink, at) => (await redis.hsetnx(keys.health(sink), "disabledAt", at)) === 1,
    async enable(sink) {
      const { disabledAt } = await of(sink);
      await redis.del(keys.health(sink));
      return disabledAt !== undefined;
    },
  };
}
