import type { Redis, Result } from "ioredis";
import { partitionKeys } from "./partitions.ts";

/** The right to do a partition's work. */
export interface Lease {
  partition: number;
  /**
   * The lease as Redis has it: a number that grows with each lease given, and the worker. A script that writes for a partition
   * compares it: whoever lost the lease, and does not know yet, writes nothing.
   */
  token: string;
}

/** The partitions and workers at one moment. */
export interface LeaseView {
  /** The workers that live and are not stopping, in order of name. */
  workers: string[];
  /** By partition: who holds it; undefined while nobody who lives does. */
  owners: (string | undefined)[];
  /** By partition: the token of its lease, whether its holder lives or not. */
  tokens: (string | undefined)[];
  /** By partition: the load that its holder measured last. */
  loads: number[];
}

/** The fields of the lease hash. */
export const leaseFields = {
  owner: (partition: number) => `owner:${partition}`,
  load: (partition: number) => `load:${partition}`,
  fence: "fence",
} as const;

// KEYS: workers, leases. ARGV: worker, ms until it counts as dead, then partition and load of each that it holds.
const heartbeat = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
for at = 3, #ARGV, 2 do redis.call('HSET', KEYS[2], 'load:' .. ARGV[at], ARGV[at + 1]) end
return { redis.call('ZRANGE', KEYS[1], 0, -1), redis.call('HGETALL', KEYS[2]) }
`;

// KEYS: workers, leases. ARGV: worker, partitions. Those whose holder lives are left alone, unless it is the worker itself.
const claim = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local claimed = {}
for at = 2, #ARGV do
  local field = 'owner:' .. ARGV[at]
  local owner = string.match(redis.call('HGET', KEYS[2], field) or '', '^%d+ (.+)$')
  local expiry = owner and owner ~= ARGV[1] and redis.call('ZSCORE', KEYS[1], owner)
  if not expiry or tonumber(expiry) <= now then
    local token = redis.call('HINCRBY', KEYS[2], 'fence', 1) .. ' ' .. ARGV[1]
    redis.call('HSET', KEYS[2], field, token)
    claimed[#claimed + 1] = ARGV[at]
    claimed[#claimed + 1] = token
  end
end
return claimed
`;

// KEYS: leases. ARGV: partition and token of each.
const release = `
local released = 0
for at = 1, #ARGV, 2 do
  local field = 'owner:' .. ARGV[at]
  if redis.call('HGET', KEYS[1], field) == ARGV[at + 1] then released = released + redis.call('HDEL', KEYS[1], field) end
end
return released
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    leaseHeartbeat(...keysAndArguments: (string | number)[]): Result<[string[], string[]], Context>;
    leaseClaim(...keysAndArguments: (string | number)[]): Result<string[], Context>;
    leaseRelease(...keysAndArguments: (string | number)[]): Result<number, Context>;
  }
}

/** A worker's dealings with leases. */
export interface Leases {
  /** Whether there are still as many partitions as this worker knows of. */
  isCurrent(): Promise<boolean>;
  /** Says that this worker lives, and the loads of what it holds. What it says nothing for `ttlMs`, others may take. */
  heartbeat(loads: ReadonlyMap<number, number>): Promise<LeaseView>;
  /** Takes those of the partitions that nobody who lives holds. */
  claim(partitions: readonly number[]): Promise<Lease[]>;
  /** Gives leases back, for others to take at once. */
  release(leases: readonly Lease[]): Promise<void>;
  /** This worker is stopping: it still holds what it has not given back, and is to get nothing more. */
  retire(): Promise<void>;
  /** This worker is not there any more. */
  leave(): Promise<void>;
}

interface Options {
  /** A name that no other process has had. No spaces. */
  worker: string;
  ttlMs: number;
  partitionCount: number;
}

/** What stands before the name of a worker that is stopping; no name has a space. For so long at most. */
const retiredMark = "retired ";
const retiredMs = 60_000;

/** Leases in Redis. Times are of Redis' clock. */
export function createLeases(redis: Redis, { worker, ttlMs, partitionCount }: Options): Leases {
  define(redis);
  const { workers, leases: key } = partitionKeys;
  return {
    async isCurrent() {
      const count = await redis.get(partitionKeys.count);
      // Lost with all else that was in Redis: then it is what it was.
      if (count === null) await redis.setnx(partitionKeys.count, partitionCount);
      return count === null || count === String(partitionCount);
    },
    async heartbeat(loads) {
      const measured = [...loads].flatMap(([partition, load]) => [partition, load.toFixed(3)]);
      const [living, fields] = await redis.leaseHeartbeat(workers, key, worker, ttlMs, ...measured);
      return viewOf(living, fields, partitionCount);
    },
    async claim(partitions) {
      if (!partitions.length) return [];
      const claimed = await redis.leaseClaim(workers, key, worker, ...partitions);
      return pairs(claimed).map(([partition, token]) => ({ partition: Number(partition), token }));
    },
    async release(leases) {
      const given = leases.flatMap(({ partition, token }) => [String(partition), token]);
      if (given.length) await redis.leaseRelease(key, ...given);
    },
    async retire() {
      const [seconds] = await redis.time();
      await redis.zadd(workers, Number(seconds) * 1000 + retiredMs, retiredMark + worker);
    },
    async leave() {
      await redis.zrem(workers, worker, retiredMark + worker);
    },
  };
}

/** Who lives and holds what, for whoever only looks. */
export async function readLeases(redis: Redis, partitionCount: number): Promise<LeaseView> {
  const [[seconds, micros], members, fields] = await Promise.all([
    redis.time(),
    redis.zrange(partitionKeys.workers, 0, "-1", "WITHSCORES"),
    redis.hgetall(partitionKeys.leases),
  ]);
  const now = Number(seconds) * 1000 + Number(micros) / 1000;
  const living = pairs(members).flatMap(([worker, expiry]) => (Number(expiry) > now ? [worker] : []));
  return viewOf(living, Object.entries(fields).flat(), partitionCount);
}

function define(redis: Redis): void {
  redis.defineCommand("leaseHeartbeat", { numberOfKeys: 2, lua: heartbeat });
  redis.defineCommand("leaseClaim", { numberOfKeys: 2, lua: claim });
  redis.defineCommand("leaseRelease", { numberOfKeys: 1, lua: release });
}

function viewOf(living: readonly string[], fields: readonly string[], partitionCount: number): LeaseView {
  const values = new Map(pairs(fields));
  const all = Array.from({ length: partitionCount }, (_, partition) => partition);
  const tokens = all.map((partition) => values.get(leaseFields.owner(partition)));
  const alive = new Set(living);
  return {
    workers: living
      .filter((worker) => !worker.startsWith(retiredMark) && !alive.has(retiredMark + worker))
      .toSorted(),
    tokens,
    owners: tokens.map((token) => {
      const owner = token?.slice(token.indexOf(" ") + 1);
      return owner !== undefined && alive.has(owner) ? owner : undefined;
    }),
    loads: all.map((partition) => Number(values.get(leaseFields.load(partition)) ?? 0)),
  };
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index] ?? "", flat[2 * index + 1] ?? ""]);
}
