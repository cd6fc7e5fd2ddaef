import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { dispatchGroup } from "./group.ts";
import { keys } from "./keys.ts";
import { keepLock, lockMs } from "./lock.ts";

/** A delivery in a FIFO: the place of its event, the job that is to deliver it, and whether it goes only to a sink that was told what it goes on from. */
export interface Queued {
  seq: string;
  job: string;
  ifOpen: boolean;
}

/** What a sink is to be told of a provider, in the order of the log: one FIFO for each sink and provider, over all workers. */
export interface Fifos {
  /** Adds deliveries. What is there already stays where it is. */
  join(sink: string, provider: string, entries: readonly Queued[]): Promise<void>;
  /** Begins to deliver from a FIFO; nothing is locked before the first claim. */
  open(sink: string, provider: string): Fifo;
}

/** What a claim finds. `position`: how many are before one's own. */
export type Claim =
  /** The head is ours to deliver, and nobody else's until it is done, given up, or the lock runs out. `isNew`: `own` was added now. */
  | { kind: "ours"; head: Queued; isNew: boolean }
  /** Another process delivers from this FIFO. */
  | { kind: "busy"; position: number }
  /** The head was tried by somebody: its own job tries it again. */
  | { kind: "tried"; head: Queued; position: number }
  /** These events, which come before the head, are not dispatched yet, and may belong before it; `upTo`: as far as was looked. */
  | { kind: "behind"; seqs: string[]; upTo: string }
  | { kind: "empty" };

/** A FIFO, as one who delivers from it has it. */
export interface Fifo {
  /** Takes the lock, or prolongs it, and takes the head. `own` is added if it is not there. `vetted`: undispatched events up to there are others'. */
  claim(asked?: { own?: Queued; vetted?: string }): Promise<Claim>;
  /** Whether the lock is still ours. */
  isHeld(): Promise<boolean>;
  /** Removes a delivery: it is done, or needed no more. */
  leave(entry: Queued): Promise<void>;
  /** Notes that the head, though claimed, was not tried: anybody may. */
  giveBack(entry: Queued): Promise<void>;
  /** What is first, whoever has the lock. */
  head(): Promise<Queued | undefined>;
  /** Gives the lock back. Whether it was taken. */
  release(): Promise<boolean>;
}

/** As long as the ledger remembers deliveries. */
const keptMs = 30 * 24 * 60 * 60 * 1000;
/** So many undispatched events are looked at in one claim. */
const lookedAt = 100;

// KEYS: lock, fifo, tried, event log, joined events. ARGV: token, ms to lock, own entry or nothing, group of dispatchers, vetted place or nothing,
// ms to keep, how many undispatched events to name.
// The head is marked as tried before it is: whoever dies over it leaves it to its own job, which ends in quarantine if it is to blame.
const claimScript = `
local own = ARGV[3]
local added = 0
if own ~= '' then
  added = redis.call('ZADD', KEYS[2], 'NX', 0, own)
  redis.call('PEXPIRE', KEYS[2], ARGV[6])
end
local position = own ~= '' and redis.call('ZRANK', KEYS[2], own) or 0
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return {'busy', position} end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local head = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
if not head then return {'empty'} end
if head ~= own and redis.call('GET', KEYS[3]) == head then return {'tried', position, head} end
local place = string.gsub(string.match(head, '^[^ ]+'), '%-0*(%d)', '-%1')
local from = ARGV[5] == '' and '-' or '(' .. ARGV[5]
local pending = redis.pcall('XPENDING', KEYS[4], ARGV[4], from, '(' .. place, ARGV[7])
if not pending.err and #pending > 0 then
  local behind = {'behind', position, pending[#pending][1]}
  for _, entry in ipairs(pending) do
    if not redis.call('ZSCORE', KEYS[5], entry[1]) then behind[#behind + 1] = entry[1] end
  end
  if #behind > 3 or #pending == tonumber(ARGV[7]) then return behind end
end
redis.call('SET', KEYS[3], head, 'PX', ARGV[6])
return {'ours', position, head, tostring(added)}
`;

// KEYS: fifo, tried. ARGV: entry.
const leaveScript = `
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
return redis.call('ZREM', KEYS[1], ARGV[1])
`;

const deleteIfSame = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;

/** FIFOs on Redis: a sorted set each, in the order of its members' text, which begin with their places. */
export function createFifos(redis: Redis): Fifos {
  return {
    async join(sink, provider, entries) {
      if (!entries.length) return;
      const key = keys.fifo(sink, provider);
      const members = entries.flatMap((entry) => ["0", encode(entry)]);
      await Promise.all([redis.zadd(key, "NX", ...members), redis.pexpire(key, keptMs)]);
    },
    open: (sink, provider) => openFifo(redis, sink, provider),
  };
}

function openFifo(redis: Redis, sink: string, provider: string): Fifo {
  const lockKey = keys.fifoLock(sink, provider);
  const [fifo, tried] = [keys.fifo(sink, provider), keys.fifoTried(sink, provider)];
  const token = randomUUID();
  let lock: ReturnType<typeof keepLock> | undefined;

  return {
    async claim({ own, vetted = "" } = {}) {
      const takenAt = Date.now();
      const member = own ? encode(own) : "";
      const places = [lockKey, fifo, tried, keys.events, keys.joined];
      const given = [token, lockMs, member, dispatchGroup, vetted, keptMs, lookedAt];
      const claim = claimOf((await redis.eval(claimScript, places.length, ...places, ...given)) as Answer);
      if (claim.kind === "busy") return claim;
      lock?.stop();
      lock = keepLock(redis, { key: lockKey, token, takenAt });
      return claim;
    },
    isHeld: async () => (await lock?.isHeld()) ?? false,
    async leave(entry) {
      await redis.eval(leaveScript, 2, fifo, tried, encode(entry));
    },
    async giveBack(entry) {
      await redis.eval(deleteIfSame, 1, tried, encode(entry));
    },
    async head() {
      const [first] = await redis.zrange(fifo, 0, "0");
      return first === undefined ? undefined : decode(first);
    },
    async release() {
      if (!lock) return false;
      lock.stop();
      lock = undefined;
      await redis.eval(deleteIfSame, 1, lockKey, token);
      return true;
    },
  };
}

type Answer = [kind: Claim["kind"], position: number, ...rest: string[]];

function claimOf([kind, position, ...rest]: Answer): Claim {
  if (kind === "busy") return { kind, position };
  if (kind === "behind") return { kind, seqs: rest.slice(1), upTo: rest[0] ?? "" };
  if (kind === "empty") return { kind };
  const head = decode(rest[0] ?? "");
  return kind === "tried" ? { kind, head, position } : { kind, head, isNew: rest[1] === "1" };
}

const digits = 8;

// Places of the same length are in the order of the log as text is; the milliseconds have 13 digits until the year 2286.
function encode({ seq, job, ifOpen }: Queued): string {
  const [ms = "", count = "0"] = seq.split("-");
  return [`${ms}-${count.padStart(digits, "0")}`, job, ...(ifOpen ? ["if-open"] : [])].join(" ");
}

function decode(member: string): Queued {
  const [place = "", job = "", mark] = member.split(" ");
  const [ms = "", count = "0"] = place.split("-");
  return { seq: `${ms}-${Number(count)}`, job, ifOpen: mark !== undefined };
}
