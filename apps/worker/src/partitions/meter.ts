import type { Redis } from "ioredis";

/** Measures how much work a partition makes. */
export interface Meter {
  /** Counts some work that is being done. */
  count<Outcome>(amount: number, work: Promise<Outcome>): Promise<Outcome>;
  /** Items a second, lately; with what waits, as if it had come in the last two seconds. */
  load(): Promise<number>;
}

/** So long it takes for half of what was measured to be forgotten. */
const halfLifeMs = 30_000;
const backlogMs = 2_000;

/** A meter of one partition, whose observations wait in a list of Redis. */
export function createMeter(redis: Redis, waitKey: string): Meter {
  let measuredAt = performance.now();
  let sinceThen = 0;
  let perSecond = 0;
  /** Observations in a job, on average. */
  let perJob = 1;

  return {
    async count(amount, work) {
      sinceThen += amount;
      perJob += (amount - perJob) / 20;
      return work;
    },
    async load() {
      const jobs = await redis.llen(waitKey);
      const now = performance.now();
      const elapsed = Math.max(1, now - measuredAt);
      const kept = 0.5 ** (elapsed / halfLifeMs);
      perSecond = perSecond * kept + (sinceThen / (elapsed / 1000)) * (1 - kept);
      [measuredAt, sinceThen] = [now, 0];
      return perSecond + (jobs * perJob) / (backlogMs / 1000);
    },
  };
}
