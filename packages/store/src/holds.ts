import type { Redis } from "ioredis";
import { z } from "zod";
import { keys } from "./keys.ts";

/** An event that a sink is told of later, if at all. */
export const Hold = z.object({
  /** What is asked when it is due; see Verdict. */
  kind: z.enum(["recheck", "digest", "settle"]),
  seq: z.string(),
  sink: z.string(),
});
export type Hold = z.infer<typeof Hold>;

/** What is told later. It stays until whoever releases it has put it on its way, so that a crash repeats and never loses. */
export interface Holds {
  /** Keeps events until they are due, epoch ms. What is kept already stays as it is. */
  keep(holds: readonly (Hold & { due: number })[]): Promise<void>;
  /** What is due, the longest overdue first. */
  due(now: number, count?: number): Promise<Hold[]>;
  /** Forgets what is on its way. */
  release(holds: readonly Hold[]): Promise<void>;
}

/** Holds on Redis: one sorted set, by when they are due. */
export function createHolds(redis: Redis): Holds {
  return {
    async keep(holds) {
      const scored = holds.flatMap(({ due, ...hold }) => [String(due), encode(hold)]);
      if (scored.length) await redis.zadd(keys.holds, "NX", ...scored);
    },
    async due(now, count = 500) {
      const members = await redis.zrange(keys.holds, "-inf", String(now), "BYSCORE", "LIMIT", 0, count);
      return members.map((member) => Hold.parse(JSON.parse(member)));
    },
    async release(holds) {
      if (holds.length) await redis.zrem(keys.holds, ...holds.map(encode));
    },
  };
}

// The same hold is the same text.
function encode({ kind, seq, sink }: Hold): string {
  return JSON.stringify({ kind, seq, sink });
}
