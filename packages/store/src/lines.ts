import { recordedAt } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

/** Somebody in a line: the place of an event, and the job that is to tell it. */
export interface InLine {
  seq: string;
  job: string;
}

/** Who waits to be told to a sink, subject by subject, where each must wait for those before it. */
export interface Lines {
  join(sink: string, subject: string, one: InLine): Promise<void>;
  /** Whose turn it is; undefined when nobody waits. */
  first(sink: string, subject: string): Promise<InLine | undefined>;
  leave(sink: string, subject: string, one: InLine): Promise<void>;
}

/** As long as the ledger remembers deliveries. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Lines on Redis: a sorted set for each sink and subject, in the order of the log. */
export function createLines(redis: Redis): Lines {
  return {
    async join(sink, subject, one) {
      const key = keys.line(sink, subject);
      await redis
        .multi()
        .zadd(key, String(scoreOf(one)), encode(one))
        .pexpire(key, keptMs)
        .exec();
    },
    async first(sink, subject) {
      const [member] = await redis.zrange(keys.line(sink, subject), 0, "0");
      const [seq = "", job = ""] = member?.split(" ", 2) ?? [];
      return member === undefined ? undefined : { seq, job };
    },
    async leave(sink, subject, one) {
      await redis.zrem(keys.line(sink, subject), encode(one));
    },
  };
}

function encode({ seq, job }: InLine): string {
  return `${seq} ${job}`;
}

// Exact up to 1,000 events in one millisecond: a double has 53 bits.
function scoreOf({ seq }: InLine): number {
  const [, count = "0"] = seq.split("-");
  return recordedAt(seq) * 1000 + Math.min(999, Number(count));
}
