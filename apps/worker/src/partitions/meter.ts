import type { Redis } from "ioredis";

/** Measures how much work a partition makes. */
export interface Meter {
  /** Counts a job of so many observations that is being done. */
  observed<Outcome>(observations: number, work: Promise<Outcome>): Promise<Outcome>;
  /** Counts a poll that is being done. */
  polled<Outcome>(work: Promise<Outcome>): Promise<Outcome>;
  /** Observations and polls a second, lately, and what waits, as if it were to be done in ten seconds. Call it once a second. */
  load(): Promise<number>;
}

interface Options {
  redis: Redis;
  /** The list in which the jobs of observations wait. */
  waitKey: string;
  /** What the partition's holder before has measured. */
  initial: number;
}

/** So long it takes for half of what was measured to be forgotten: shares that follow every burst would only move to and fro. */
const halfLifeMs = 10_000;
const backlogMs = 10_000;

/** A meter of one partition. It asks Redis only after something was done. */
export function createMeter({ redis, waitKey, initial }: Options): Meter {
  let measuredAt = performance.now();
  let sinceThen = 0;
  let load = initial;
  let jobs = 0;
  /** Observations in a job, on average. */
  let perJob = 1;

  return {
    async observed(observations, work) {
      sinceThen += observations;
      perJob += (observations - perJob) / 20;
      return work;
    },
    async polled(work) {
      sinceThen += 1;
      return work;
    },
    async load() {
      if (sinceThen || jobs) jobs = await redis.llen(waitKey);
      const now = performance.now();
      const elapsedMs = Math.max(1, now - measuredAt);
      const current = (sinceThen * 1000) / elapsedMs + (jobs * perJob * 1000) / backlogMs;
      load = current + (load - current) * 0.5 ** (elapsedMs / halfLifeMs);
      [measuredAt, sinceThen] = [now, 0];
      return load;
    },
  };
}
