import { type Event, Ruling } from "@statuswire/status";
import type { Redis } from "ioredis";
import { Attempt } from "./attempt.ts";
import { keys } from "./keys.ts";
import type { Log } from "./log.ts";
import { countTry } from "./tallies.ts";

/** What became of an event after it was recorded. */
export interface Trace {
  ruling: Ruling | undefined;
  attempts: Attempt[];
}

export interface Decided {
  ruling: Ruling;
  /** Whether nobody had decided before: then nobody has been told, either. */
  isNew: boolean;
}

/** What was decided about events, and each try to deliver them. Kept for 30 days, as the ledger is, or as long as the log. */
export interface Traces {
  /** Records what is decided about an event. What was decided before stands, and is the answer. */
  decide(event: { id: string; seq: string }, ruling: Ruling): Promise<Decided>;
  /** Records a try, and counts it. Of very many, the newest are kept. */
  attempted(seq: string, attempt: Attempt): Promise<void>;
  of(seq: string): Promise<Trace>;
  /** The place of an event, by its id. */
  placeOf(id: string): Promise<string | undefined>;
}

const mostAttempts = 200;
const longestMs = 30 * 24 * 60 * 60 * 1000;

/** The event at a place, or with an id: ids are remembered for as long as traces are. */
export async function findEvent(
  named: string,
  { log, traces }: { log: Log; traces: Traces },
): Promise<Event | undefined> {
  const seq = /^\d+-\d+$/.test(named) ? named : await traces.placeOf(named);
  return seq === undefined ? undefined : log.at(seq);
}

/** Traces on Redis. `keepMs`: how long the log keeps events. */
export function createTraces(redis: Redis, { keepMs = longestMs }: { keepMs?: number } = {}): Traces {
  const keptMs = Math.min(keepMs, longestMs);
  return {
    async decide({ id, seq }, ruling) {
      const [before] = await Promise.all([
        redis.set(keys.ruling(seq), JSON.stringify(ruling), "PX", keptMs, "NX", "GET"),
        redis.set(keys.place(id), seq, "PX", keptMs),
      ]);
      if (before === null) return { ruling, isNew: true };
      return { ruling: Ruling.parse(JSON.parse(before)), isNew: false };
    },
    async attempted(seq, attempt) {
      const key = keys.attempts(seq);
      // Sent together all the same; ioredis makes each pipeline anew from every script that it knows.
      const [tries] = await Promise.all([
        redis.rpush(key, JSON.stringify(attempt)),
        redis.pexpire(key, keptMs),
        countTry(redis, attempt),
      ]);
      if (tries > mostAttempts) await redis.ltrim(key, -mostAttempts, -1);
    },
    async of(seq) {
      const [ruling, attempts] = await Promise.all([
        redis.get(keys.ruling(seq)),
        redis.lrange(keys.attempts(seq), 0, -1),
      ]);
      return {
        ruling: ruling === null ? undefined : Ruling.parse(JSON.parse(ruling)),
        attempts: attempts.map((attempt) => Attempt.parse(JSON.parse(attempt))),
      };
    },
    placeOf: async (id) => (await redis.get(keys.place(id))) ?? undefined,
  };
}
