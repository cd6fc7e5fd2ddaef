import { prefix } from "@statuswire/queues";
import { createBuckets, network } from "@statuswire/service";
import type { Redis } from "ioredis";

/** Requests a minute; undefined: as many as come. */
export interface Rates {
  /** Of those that prove who sent them. */
  verified: number | undefined;
  /** Of all others, for one provider: what strangers send in its name spends nothing of its own budget. */
  unverified: number | undefined;
  perAddress: number | undefined;
}

/** Whose budget a request is counted in. */
export type Budgeted = { address: string } | { provider: string; isVerified: boolean };

export interface RateLimit {
  /** Counts a request, unless it is one too many: then how long to wait, in ms. Otherwise 0. */
  take(budgeted: Budgeted): Promise<number>;
}

/** Counts requests for all replicas together. Redis is not asked where nothing is limited. */
export function createRateLimit(redis: Redis, { verified, unverified, perAddress }: Rates): RateLimit {
  const takeFromBuckets = createBuckets(redis);

  async function takeFrom(name: string, perMinute: number | undefined): Promise<number> {
    if (perMinute === undefined) return 0;
    // Fails open: a Redis that can't count can't queue either, so what it let pass is answered 503.
    return takeFromBuckets([{ key: `${prefix}:rate:${name}`, perMinute }]).catch(() => 0);
  }

  return {
    async take(budgeted) {
      if ("address" in budgeted) return takeFrom(`address:${network(budgeted.address)}`, perAddress);
      const { provider, isVerified } = budgeted;
      return isVerified
        ? takeFrom(`provider:${provider}`, verified)
        : takeFrom(`unverified:${provider}`, unverified);
    },
  };
}
