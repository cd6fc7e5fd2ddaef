import { prefix } from "@statuswire/queues";
import { type Bucket, createBuckets, network } from "@statuswire/service";
import type { Redis } from "ioredis";

/** Requests a minute; undefined: as many as come. */
export interface Rates {
  perProvider: number | undefined;
  perAddress: number | undefined;
}

export interface RateLimit {
  /** Counts a request, unless it is one too many: then how long to wait, in ms. Otherwise 0. */
  take(provider: string, address: string): Promise<number>;
}

/** Counts requests for all replicas together. Undefined when nothing is limited: then Redis is not asked. */
export function createRateLimit(redis: Redis, { perProvider, perAddress }: Rates): RateLimit | undefined {
  if (perProvider === undefined && perAddress === undefined) return undefined;
  const takeFromBuckets = createBuckets(redis);
  return {
    async take(provider, address) {
      const buckets = [
        bucket(`${prefix}:rate:provider:${provider}`, perProvider),
        bucket(`${prefix}:rate:address:${network(address)}`, perAddress),
      ].flat();
      // Fails open: a Redis that can't count can't queue either, so what it let pass is answered 503.
      return takeFromBuckets(buckets).catch(() => 0);
    },
  };
}

function bucket(key: string, perMinute: number | undefined): Bucket[] {
  return perMinute === undefined ? [] : [{ key, perMinute }];
}
