import type { Redis, Result } from "ioredis";
import { LeaseLostError } from "@statuswire/status";
import { Observation } from "./jobs.ts";
import { leaseFields, type Lease } from "./leases.ts";
import { partitionKeys } from "./partitions.ts";

/**
 * Observations that wait because one of their provider before them does: for a retry, or in quarantine. The provider's later
 * observations queue up behind it here, in order, while the partition's other providers go on.
 */
export interface Deferred {
  /** The partition's providers that wait: each with the quarantine job that it waits for, or "". */
  providers(partition: number): Promise<Map<string, string>>;
  /** Has a provider wait; for a quarantine job, if one is named. Its observations go behind those that wait already, or before. */
  add(lease: Lease, deferral: Deferral): Promise<void>;
  /** The first observations that wait. */
  first(partition: number, provider: string, count: number): Promise<Observation[]>;
  /** Forgets the first so many. With none left, the provider does not wait any more, unless for a quarantine job. How many are left. */
  drop(lease: Lease, provider: string, count: number): Promise<number>;
}

export interface Deferral {
  provider: string;
  /** The quarantine job that it waits for; "": none any more. Unless given, what it waits for stays as it is. */
  quarantined?: string;
  observations?: readonly Observation[];
  /** Whether the observations go before those that wait already. */
  isFirst?: boolean;
}

// KEYS: leases, providers, waiting. ARGV: field of the lease, its token, provider, what it waits for or "=", command, observations.
const add = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return -1 end
if ARGV[4] == '=' then redis.call('HSETNX', KEYS[2], ARGV[3], '') else redis.call('HSET', KEYS[2], ARGV[3], ARGV[4]) end
for at = 6, #ARGV do redis.call(ARGV[5], KEYS[3], ARGV[at]) end
return 0
`;

// KEYS: leases, providers, waiting. ARGV: field of the lease, its token, provider, how many.
const drop = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return -1 end
redis.call('LTRIM', KEYS[3], ARGV[4], -1)
local left = redis.call('LLEN', KEYS[3])
if left == 0 and redis.call('HGET', KEYS[2], ARGV[3]) == '' then redis.call('HDEL', KEYS[2], ARGV[3]) end
return left
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    deferredAdd(...keysAndArguments: (string | number)[]): Result<number, Context>;
    deferredDrop(...keysAndArguments: (string | number)[]): Result<number, Context>;
  }
}

/** Deferred observations in Redis: a hash of providers for each partition, and a list for each provider that waits. */
export function createDeferred(redis: Redis): Deferred {
  redis.defineCommand("deferredAdd", { numberOfKeys: 3, lua: add });
  redis.defineCommand("deferredDrop", { numberOfKeys: 3, lua: drop });

  function argumentsFor({ partition, token }: Lease, provider: string) {
    const { leases, deferred, waiting } = partitionKeys;
    const keys = [leases, deferred(partition), waiting(partition, provider)];
    return [...keys, leaseFields.owner(partition), token, provider];
  }

  function held(lease: Lease, answer: number): number {
    if (answer < 0) throw new LeaseLostError(`partition ${lease.partition}`);
    return answer;
  }

  return {
    providers: async (partition) =>
      new Map(Object.entries(await redis.hgetall(partitionKeys.deferred(partition)))),
    async add(lease, { provider, quarantined = "=", observations = [], isFirst = false }) {
      const texts = observations.map((observation) => JSON.stringify(observation));
      const how = isFirst ? ["LPUSH", ...texts.toReversed()] : ["RPUSH", ...texts];
      held(lease, await redis.deferredAdd(...argumentsFor(lease, provider), quarantined, ...how));
    },
    async first(partition, provider, count) {
      const texts = await redis.lrange(partitionKeys.waiting(partition, provider), 0, count - 1);
      return texts.map((text) => Observation.parse(JSON.parse(text)));
    },
    drop: async (lease, provider, count) =>
      held(lease, await redis.deferredDrop(...argumentsFor(lease, provider), count)),
  };
}
