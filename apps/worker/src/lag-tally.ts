import { type LagCount, lagBucketOf, type LagOf, type Lags } from "@statuswire/store";

/** Lags that this process has counted and Redis has not. */
export interface LagTally {
  add(lag: LagOf & { ms: number }): void;
  /** Has Redis count what was counted since the last time. What it does not take stays, for the next time. */
  flush(lags: Lags, now: Date): Promise<void>;
}

/** Counts lags in memory, so that Redis is asked once for many. */
export function createLagTally(): LagTally {
  let counted = new Map<string, LagCount>();

  function count(one: LagCount): void {
    const { step, bucket, provider, sink } = one;
    const key = JSON.stringify([step, bucket, provider, sink]);
    counted.set(key, { ...one, count: one.count + (counted.get(key)?.count ?? 0) });
  }

  return {
    add: ({ ms, ...of }) => count({ ...of, bucket: lagBucketOf(ms), count: 1 }),
    async flush(lags, now) {
      const taken = [...counted.values()];
      counted = new Map();
      try {
        await lags.count(taken, now.getTime());
      } catch (error) {
        taken.forEach(count);
        throw error;
      }
    },
  };
}
