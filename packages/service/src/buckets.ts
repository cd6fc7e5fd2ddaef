import type { Redis, Result } from "ioredis";

/** What is counted under a key, and how many of it a minute there may be. */
export interface Bucket {
  key: string;
  perMinute: number;
}

/**
 * The generic cell rate algorithm: a key holds the time at which its bucket is full again. A bucket holds a minute's requests
 * and refills evenly; a request that one bucket refuses is counted by none. Redis keeps the time, so all replicas share it.
 *
 * KEYS: the buckets. ARGV: for each, requests a minute. Answers how many ms to wait.
 */
const take = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local full, wait = {}, 0
for i, key in ipairs(KEYS) do
  full[i] = math.max(tonumber(redis.call('GET', key) or now), now) + 60000 / ARGV[i]
  wait = math.max(wait, full[i] - now - 60000)
end
if wait >= 1 then return math.ceil(wait) end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.3f', full[i]), 'PX', math.ceil(full[i] - now))
end
return 0
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    takeFromBuckets(count: number, ...keysAndRates: (string | number)[]): Result<number, Context>;
  }
}

/**
 * Counts a request in every bucket, for all replicas together, unless it is one too many for any: then how long to wait, in
 * ms. Otherwise 0. Rejects when Redis does.
 */
export type TakeFromBuckets = (buckets: readonly Bucket[]) => Promise<number>;

/** All keys must be on one slot of a cluster. */
export function createBuckets(redis: Redis): TakeFromBuckets {
  redis.defineCommand("takeFromBuckets", { lua: take });
  return (buckets) =>
    redis.takeFromBuckets(
      buckets.length,
      ...buckets.map(({ key }) => key),
      ...buckets.map(({ perMinute }) => perMinute),
    );
}

/** An IPv4 address as it is; of an IPv6 one the first 64 bits, because whoever has one has all that share them. */
export function network(address: string): string {
  if (!address.includes(":") || address.includes(".")) return address.replace(/^.*:/, "");
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const known = tail === undefined ? 0 : tail.split(":").filter(Boolean).length;
  const all =
    tail === undefined
      ? groups
      : [...groups, ...Array<string>(8 - groups.length - known).fill("0"), ...tail.split(":")];
  return all.slice(0, 4).join(":");
}
