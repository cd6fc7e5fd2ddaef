import { consoleName, type Event, Ruling } from "@statuswire/status";
import type { Redis, Result } from "ioredis";
import { Attempt } from "./attempt.ts";
import { keys } from "./keys.ts";
import { createLedger } from "./ledger.ts";
import type { Log } from "./log.ts";
import { createTallies } from "./tallies.ts";

/** What became of an event after it was recorded. */
export interface Trace {
  ruling: Ruling | undefined;
  attempts: Attempt[];
}

/** An event as far as traces know it. */
interface Placed {
  id: string;
  seq: string;
}

/** An event, and what is to become of it. */
export interface Proposed<One extends Placed = Placed> {
  event: One;
  ruling: Ruling;
}

/** An event, and what becomes of it. */
export interface Decided<One extends Placed = Placed> extends Proposed<One> {
  /** Whether nobody had decided before: then nobody has been told, either. */
  isNew: boolean;
}

/** What was decided about events, and each try to deliver them. Kept for 30 days, as the ledger is, or as long as the log. */
export interface Traces {
  /** Records what is decided about events, all at once. What was decided before stands, and is the answer. */
  decide<One extends Placed>(proposed: readonly Proposed<One>[]): Promise<Decided<One>[]>;
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

// KEYS: for each event, its ruling and its place. ARGV: for each, what is decided and its place in the log; then ms to keep them.
// Answers what was decided before about each, or nothing.
const decide = `
local before = {}
for i = 1, #KEYS, 2 do
  before[#before + 1] = redis.call('SET', KEYS[i], ARGV[i], 'PX', ARGV[#ARGV], 'NX', 'GET')
  redis.call('SET', KEYS[i + 1], ARGV[i + 1], 'PX', ARGV[#ARGV])
end
return before
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    decide(keyCount: number, ...keysAndArguments: (string | number)[]): Result<(string | null)[], Context>;
  }
}

/** Traces on Redis. `keepMs`: how long the log keeps events. */
export function createTraces(redis: Redis, { keepMs = longestMs }: { keepMs?: number } = {}): Traces {
  const keptMs = Math.min(keepMs, longestMs);
  const [ledger, tallies] = [createLedger(redis), createTallies(redis)];
  redis.defineCommand("decide", { lua: decide });
  return {
    async decide(proposed) {
      if (!proposed.length) return [];
      const places = proposed.flatMap(({ event: { id, seq } }) => [keys.ruling(seq), keys.place(id)]);
      const values = proposed.flatMap(({ event: { seq }, ruling }) => [JSON.stringify(ruling), seq]);
      const before = await redis.decide(places.length, ...places, ...values, keptMs);
      return proposed.map((one, index) => decidedOf(one, before[index] ?? null));
    },
    async attempted(seq, attempt) {
      const key = keys.attempts(seq);
      // Sent together all the same; ioredis makes each pipeline anew from every script that it knows.
      const [tries] = await Promise.all([
        redis.rpush(key, JSON.stringify(attempt)),
        redis.pexpire(key, keptMs),
        tallies.count([attempt]),
      ]);
      if (tries > mostAttempts) await redis.ltrim(key, -mostAttempts, -1);
    },
    async of(seq) {
      const [ruling, attempts, printed] = await Promise.all([
        redis.get(keys.ruling(seq)),
        redis.lrange(keys.attempts(seq), 0, -1),
        ledger.attempt(seq, consoleName),
      ]);
      const tried = attempts.map((attempt) => Attempt.parse(JSON.parse(attempt)));
      return {
        ruling: ruling === null ? undefined : Ruling.parse(JSON.parse(ruling)),
        attempts: printed ? inserted(printed, tried) : tried,
      };
    },
    placeOf: async (id) => (await redis.get(keys.place(id))) ?? undefined,
  };
}

function decidedOf<One extends Placed>({ event, ruling }: Proposed<One>, before: string | null): Decided<One> {
  if (before === null) return { event, ruling, isNew: true };
  return { event, ruling: Ruling.parse(JSON.parse(before)), isNew: false };
}

function inserted(attempt: Attempt, tried: readonly Attempt[]): Attempt[] {
  const later = tried.findIndex(({ at }) => at > attempt.at);
  return tried.toSpliced(later < 0 ? tried.length : later, 0, attempt);
}
