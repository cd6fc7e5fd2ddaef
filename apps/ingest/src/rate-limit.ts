import { prefix } from "@statuswire/queues";
import type { Redis, Result } from "ioredis";

/** Requests a minute; undefined: as many as come. */
export interface Rates {
  perProvider: number | undefined;
  perAddress: number | undefined;
}

export interface RateLimit {
  /** Counts a request, unless it is one too many: then how long to wait, in ms. Otherwise 0. */
  take(provider: string, address: string): Promise<number>;
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

/** Counts requests for all replicas together. Undefined when nothing is limited: then Redis is not asked. */
export function createRateLimit(redis: Redis, { perProvider, perAddress }: Rates): RateLimit | undefined {
  if (perProvider === undefined && perAddress === undefined) return undefined;
  redis.defineCommand("takeFromBuckets", { lua: take });
  return {
    async take(provider, address) {
      const buckets = [
        { key: `${prefix}:rate:provider:${provider}`, rate: perProvider },
        { key: `${prefix}:rate:address:${network(address)}`, rate: perAddress },
      ].flatMap(({ key, rate }) => (rate === undefined ? [] : [{ key, rate }]));
      const arguments_ = [...buckets.map(({ key }) => key), ...buckets.map(({ rate }) => rate)];
      // Fails open: a Redis that can't count can't queue either, so what it let pass is answered 503.
      return redis.takeFromBuckets(buckets.length, ...arguments_).catch(() => 0);
    },
  };
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
