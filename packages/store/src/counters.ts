import { type Counted, recordedAt, type Counter } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

/** How many events of a kind there were lately. */
export interface Counters {
  /** Counts an event in a counter, once however often, and answers with all that count in it. */
  count(counter: Counter, one: Counted): Promise<Counted[]>;
  /** The place of the newest event in a counter, if there is one. */
  newest(counter: Counter): Promise<string | undefined>;
}

/** More events of a kind than this are many in any case. */
const most = 500;

// KEYS: counter. ARGV: member, epoch ms, ms to keep it, how many at most. Those that stay are still needed to judge events
// that another worker has in hand: hence twice the time.
const script = `
redis.call('ZADD', KEYS[1], ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[2] - 2 * ARGV[3])
redis.call('ZREMRANGEBYRANK', KEYS[1], 0, -1 - ARGV[4])
redis.call('PEXPIRE', KEYS[1], 2 * ARGV[3])
return redis.call('ZRANGE', KEYS[1], 0, -1)
`;

/** Counters on Redis: a sorted set each, which is gone when nothing was counted for twice its time. */
export function createCounters(redis: Redis): Counters {
  return {
    async count({ name, forMs }, { seq, provider }) {
      const member = `${seq} ${provider}`;
      const answer = await redis.eval(script, 1, keys.counter(name), member, recordedAt(seq), forMs, most);
      return (answer as string[]).map(decode); // what ZRANGE answers
    },
    async newest({ name }) {
      const members = await redis.zrange(keys.counter(name), "+inf", "-inf", "BYSCORE", "REV", "LIMIT", 0, 1);
      return members[0] === undefined ? undefined : decode(members[0]).seq;
    },
  };
}

function decode(member: string): Counted {
  const [seq = "", provider = ""] = member.split(" ", 2);
  return { seq, provider };
}
