import { randomUUID } from "node:crypto";
import { isNewer } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";
import { keepLock, lockMs } from "./lock.ts";

/** Who may tell a sink of a subject, and how far it has been told: one at a time, over all workers. */
export interface Turns {
  /** The turn, or undefined while another has it. Whoever dies with one loses it within six seconds. */
  take(sink: string, subject: string): Promise<Turn | undefined>;
  /** How far a sink has been told of a subject. */
  told(sink: string, subject: string): Promise<Told | undefined>;
  /** Notes that a sink has been told of a subject in one message with others. */
  note(sink: string, subject: string, told: Told): Promise<void>;
}

/** How far a sink has been told of a subject. */
export interface Told {
  seq: string;
  /** Whether what it heard last was the end. */
  isOver: boolean;
}

export interface Turn {
  /** How far the sink has been told; undefined: not at all. */
  told: Told | undefined;
  /** Whether the sink has been told of the subject up to this place in the log, or beyond. */
  isTold(seq: string): boolean;
  /** Whether the turn is still ours: a process that was paused may have lost it to another. */
  isHeld(): Promise<boolean>;
  /** Ends the turn and remembers how far the sink has been told. */
  finish(told: Told): Promise<void>;
  /** Ends the turn, if it has not ended. */
  release(): Promise<void>;
}

/** As long as the ledger remembers deliveries. */
const toldMs = 30 * 24 * 60 * 60 * 1000;

// KEYS: turn, told. ARGV: token, ms to hold it. Answers how far the sink has been told, or nothing when
// another holds it. Asked twice, because the answer was lost, it answers the same.
const begin = `
local taken = redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2], 'NX')
if not taken and redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
return redis.call('GET', KEYS[2]) or ''
`;

// KEYS: turn, told. ARGV: token, what is told now or nothing, ms to remember it. A turn that was lost is another's: nothing is written.
const end = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3]) end
return redis.call('DEL', KEYS[1])
`;

/** Turns on Redis: a key with the holder's token, prolonged for as long as the holder lives. */
export function createTurns(redis: Redis): Turns {
  async function take(sink: string, subject: string): Promise<Turn | undefined> {
    const [turn, place, token] = [keys.turn(sink, subject), keys.told(sink, subject), randomUUID()];
    const takenAt = Date.now();
    const answer = await redis.eval(begin, 2, turn, place, token, lockMs);
    if (typeof answer !== "string") return undefined;
    const told = decode(answer);
    const lock = keepLock(redis, { key: turn, token, takenAt });

    let hasEnded = false;

    async function finish(text: string): Promise<void> {
      lock.stop();
      await redis.eval(end, 2, turn, place, token, text, toldMs);
      hasEnded = true;
    }
    return {
      told,
      isTold: (seq) => told !== undefined && !isNewer(seq, told.seq),
      isHeld: lock.isHeld,
      finish: (now) => finish(encode(now)),
      release: async () => (hasEnded ? undefined : finish("")),
    };
  }

  return {
    take,
    told: async (sink, subject) => decode((await redis.get(keys.told(sink, subject))) ?? ""),
    async note(sink, subject, told) {
      await redis.set(keys.told(sink, subject), encode(told), "PX", toldMs);
    },
  };
}

function encode({ seq, isOver }: Told): string {
  return isOver ? `${seq} over` : seq;
}

function decode(text: string): Told | undefined {
  const [seq = "", over] = text.split(" ", 2);
  return seq === "" ? undefined : { seq, isOver: over === "over" };
}
