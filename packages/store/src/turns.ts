import { randomUUID } from "node:crypto";
import { isNewer } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

/** Who may tell a sink of a subject, and how far it has been told: one at a time, over all workers. */
export interface Turns {
  /** The turn, or undefined while another has it. Whoever dies with one loses it within half a minute. */
  take(sink: string, subject: string): Promise<Turn | undefined>;
}

export interface Turn {
  /** Whether the sink has been told of the subject up to this place in the log, or beyond. */
  isTold(seq: string): boolean;
  /** Ends the turn and remembers how far the sink has been told. */
  finish(seq: string): Promise<void>;
  /** Ends the turn, if it has not ended. */
  release(): Promise<void>;
}

const heldMs = 30_000;
/** As long as the ledger remembers deliveries. */
const toldMs = 30 * 24 * 60 * 60 * 1000;

// KEYS: turn, told. ARGV: token, ms to hold it. Answers how far the sink has been told, or nothing when
// another holds it. Asked twice, because the answer was lost, it answers the same.
const begin = `
local taken = redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX')
if not taken and redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
return redis.call('GET', KEYS[2]) or ''
`;

// KEYS: turn, told. ARGV: token, seq or nothing, ms to remember it. A turn that was lost is another's: nothing is written.
const end = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
return redis.call('DEL', KEYS[1])
`;

const prolong = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** Turns on Redis: a key with the holder's token, prolonged for as long as the holder lives. */
export function createTurns(redis: Redis): Turns {
  async function take(sink: string, subject: string): Promise<Turn | undefined> {
    const [turn, place, token] = [keys.turn(sink, subject), keys.told(sink, subject), randomUUID()];
    const told = await redis.eval(begin, 2, turn, place, token, heldMs);
    if (typeof told !== "string") return undefined;
    const timer = setInterval(() => void prolongTurn(turn, token), heldMs / 3);

    async function finish(seq: string): Promise<void> {
      clearInterval(timer);
      await redis.eval(end, 2, turn, place, token, seq, toldMs);
    }
    return {
      isTold: (seq) => told !== "" && !isNewer(seq, told),
      finish,
      release: () => finish(""),
    };
  }

  // One that can't be prolonged runs out by itself.
  async function prolongTurn(turn: string, token: string): Promise<void> {
    await redis.eval(prolong, 1, turn, token, heldMs).catch(() => undefined);
  }

  return { take };
}
