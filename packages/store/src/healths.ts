import type { Redis } from "ioredis";
import { z } from "zod";
import { keys } from "./keys.ts";

/** How a sink has fared. Times are epoch ms. */
export const Health = z.object({
  /** Failures in a row, and since when. */
  failures: z.coerce.number().int().default(0),
  failingSince: z.coerce.number().optional(),
  /** Refusals in a row, and since when. */
  refusals: z.coerce.number().int().default(0),
  refusingSince: z.coerce.number().optional(),
  /** What it, or the way to it, said last when it did not take an event. */
  error: z.string().optional(),
  /** The event by which the others were told that it fails. */
  toldAt: z.string().optional(),
  /** Why it is given up, with the event by which that came out. */
  reason: z.string().optional(),
  noticedAt: z.string().optional(),
  /** Since when it gets nothing. */
  disabledAt: z.coerce.number().optional(),
});
export type Health = z.infer<typeof Health>;

/** Whether events arrive at a sink: one that only hesitates is tried again, and well. */
export type SinkState = "ok" | "failing" | "disabled";

/** So many failures in a row are no hesitation: 2, 10 and 30 s have passed at least. Of a refusal nothing is tried again. */
const failuresOfOneThatFails = 3;

/** The state that a sink's health amounts to. */
export function sinkStateOf({ disabledAt, failures, refusals }: Health): SinkState {
  if (disabledAt !== undefined) return "disabled";
  return refusals > 0 || failures >= failuresOfOneThatFails ? "failing" : "ok";
}

/** How sinks have fared, over all workers. */
export interface Healths {
  of(sink: string): Promise<Health>;
  succeeded(sink: string): Promise<void>;
  /** Notes a failure; how the sink has fared, with it. */
  failed(sink: string, at: number, error: string): Promise<Health>;
  /** Notes that a sink has refused an event; how it has fared, with it. */
  refused(sink: string, at: number, error: string): Promise<Health>;
  /**
   * The event by which the others are told that a sink fails: the given one, or the first within a day. They are told once, however
   * often it recovers in between.
   */
  alarm(sink: string, seq: string): Promise<string>;
  /** Notes that the others were told, by that event. */
  alarmed(sink: string, seq: string): Promise<void>;
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

/** What a success puts an end to. */
const sincePassed = ["failures", "failingSince", "refusals", "refusingSince", "error"] as const;
const alarmSeconds = 24 * 60 * 60;

/** Healths on Redis: a hash for each sink that fails. */
export function createHealths(redis: Redis): Healths {
  const of = async (sink: string) => Health.parse(await redis.hgetall(keys.health(sink)));

  async function note(
    sink: string,
    how: { since: string; count: string; at: number; error: string },
  ): Promise<Health> {
    const key = keys.health(sink);
    const { since, count, at, error } = how;
    await redis.multi().hsetnx(key, since, at).hincrby(key, count, 1).hset(key, "error", error).exec();
    return of(sink);
  }

  return {
    of,
    async succeeded(sink) {
      await redis.hdel(keys.health(sink), ...sincePassed);
    },
    failed: (sink, at, error) => note(sink, { since: "failingSince", count: "failures", at, error }),
    refused: (sink, at, error) => note(sink, { since: "refusingSince", count: "refusals", at, error }),
    alarm: async (sink, seq) => (await redis.set(keys.alarm(sink), seq, "EX", alarmSeconds, "NX", "GET")) ?? seq,
    async alarmed(sink, seq) {
      await redis.hset(keys.health(sink), "toldAt", seq);
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
