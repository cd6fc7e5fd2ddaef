import type { Event } from "@statuswire/status";
import type { Redis } from "ioredis";
import { abandonable } from "./abandonable.ts";
import { keys } from "./keys.ts";
import { decodeAll, type Entry, isNewer } from "./log.ts";

/** A reader of the log that shares its place with others of the same name: each event goes to one of them. */
export interface Group {
  /** The next events, waiting up to `blockMs` for some. */
  next(options?: { blockMs?: number; count?: number }): Promise<Event[]>;
  /** Events that another member took and has not marked done for `idleMs`: it died. */
  adopt(idleMs: number, count?: number): Promise<Event[]>;
  /** Takes those events anew that are still ours; none of them is adopted by another before it is idle again. Gives their places. */
  keep(seqs: readonly string[]): Promise<ReadonlySet<string>>;
  /** Marks events of which every delivery has its place in its FIFO: what comes after them need not wait for them. */
  joined(seqs: readonly string[]): Promise<void>;
  /** Marks events done. */
  done(seqs: readonly string[]): Promise<void>;
  /** Waits for nothing more: whoever does is rejected. */
  leave(): void;
}

interface Membership {
  group: string;
  consumer: string;
}

interface Connections {
  redis: Redis;
  /** Of its own, since who waits for the next event on it keeps everybody else waiting. */
  blocking: Redis;
}

const usualCount = 100;
/** Longer than any event is in hand: a mark this old was left by one that is gone. */
const forgottenMs = 24 * 60 * 60 * 1000;

/** The group whose members see to it that each event goes to its sinks. */
export const dispatchGroup = "dispatch";

// KEYS: log. ARGV: group, consumer, places. Answers the places that the consumer still has in hand.
const keepScript = `
local kept = {}
for i = 3, #ARGV do
  local found = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])
  if #found > 0 then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'JUSTID')
    kept[#kept + 1] = ARGV[i]
  end
end
return kept
`;

/** Joins a group, which begins with the log. */
export function joinGroup({ redis, blocking }: Connections, { group, consumer }: Membership): Group {
  const membership = abandonable();

  // A group lives in its stream: flushed or lost with it, both are made again.
  async function orFound<Answer>(read: () => Promise<Answer>): Promise<Answer> {
    try {
      return await read();
    } catch (error) {
      if (!["NOGROUP", "UNBLOCKED"].includes(codeOf(error))) throw error;
      await found(redis, group);
      return orFound(read);
    }
  }

  async function done(seqs: readonly string[]): Promise<void> {
    if (!seqs.length) return;
    await Promise.all([redis.xack(keys.events, group, ...seqs), redis.zrem(keys.joined, ...seqs)]);
  }

  /** What nobody can read is done at once; what a newer version can is left, for one of them to adopt. */
  async function take(entries: Entry[]): Promise<Event[]> {
    const ours = entries.filter((entry) => !isNewer(entry));
    const events = decodeAll(ours);
    const readable = new Set(events.map(({ seq }) => seq));
    await done(ours.map(([seq]) => seq).filter((seq) => !readable.has(seq)));
    return events;
  }

  async function next({ blockMs = 2000, count = usualCount } = {}): Promise<Event[]> {
    const answer = (await orFound(() =>
      blocking.xreadgroup("GROUP", group, consumer, "COUNT", count, "BLOCK", blockMs, "STREAMS", keys.events, ">"),
    )) as [string, Entry[]][] | null;
    return take(answer?.[0]?.[1] ?? []);
  }

  async function adopt(idleMs: number, count = usualCount): Promise<Event[]> {
    const answer = await orFound(() =>
      redis.xautoclaim(keys.events, group, consumer, idleMs, "0", "COUNT", count),
    );
    return take((answer as [string, Entry[]])[1]);
  }

  async function keep(seqs: readonly string[]): Promise<ReadonlySet<string>> {
    if (!seqs.length) return new Set();
    const kept = await orFound(() => redis.eval(keepScript, 1, keys.events, group, consumer, ...seqs));
    return new Set(kept as string[]);
  }

  async function joined(seqs: readonly string[]): Promise<void> {
    if (!seqs.length) return;
    const now = Date.now();
    const members = seqs.flatMap((seq) => [String(now), seq]);
    await Promise.all([
      redis.zadd(keys.joined, ...members),
      redis.zremrangebyscore(keys.joined, "-inf", now - forgottenMs),
    ]);
  }

  return {
    keep,
    joined,
    next: (options) => membership.wait(() => next(options)),
    adopt: (idleMs, count) => membership.wait(() => adopt(idleMs, count)),
    // Also after leaving: what is in hand then is still finished.
    done,
    leave() {
      blocking.disconnect();
      membership.abandon(new Error("The group has been left."));
    },
  };
}

async function found(redis: Redis, group: string): Promise<void> {
  try {
    await redis.xgroup("CREATE", keys.events, group, "0", "MKSTREAM");
  } catch (error) {
    if (codeOf(error) !== "BUSYGROUP") throw error;
  }
}

// The first word of what Redis answers is its code for the error.
function codeOf(error: unknown): string {
  return error instanceof Error ? (error.message.split(" ", 1)[0] ?? "") : "";
}
