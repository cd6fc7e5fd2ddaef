import type { Redis } from "ioredis";
import { keys } from "./keys.ts";
import { type LagCounts } from "./lag-buckets.ts";

/**
 * What is timed: `seen`, from the vendor's own time of an event until we saw it, and `delivered`, from then until a sink had taken
 * it.
 */
export type LagStep = "seen" | "delivered";

/** Whose lag it is. */
export interface LagOf {
  step: LagStep;
  provider: string;
  /** Empty for the step `seen`. */
  sink: string;
}

/** How many events of a step, a provider and a sink fell into one bucket. */
export interface LagCount extends LagOf {
  bucket: number;
  count: number;
}

/** What was counted of a step, a provider and a sink. */
export interface LagHistogram extends LagOf {
  counts: LagCounts;
}

/** Histograms of lag, one set a day (UTC), kept for 32 days. They are added up over days, providers and sinks. */
export interface Lags {
  /** Counts, in the day of `at` (epoch ms). */
  count(counted: readonly LagCount[], at: number): Promise<void>;
  /** What was counted in the day of `at` (epoch ms). */
  ofDay(at: number): Promise<LagHistogram[]>;
}

/** The provider under which a day's events are counted once it has as many fields as it may have. */
export const otherProviders = "*";

const dayMs = 24 * 60 * 60 * 1000;
const keptMs = 32 * dayMs;
/** About 1 MB. */
const mostFieldsADay = 10_000;

// KEYS: the day. ARGV: how many fields at most, ms to keep it; then for each count the field, that for when there are too many, and
// how many.
const script = `
local room = ARGV[1] - redis.call('HLEN', KEYS[1])
for i = 3, #ARGV, 3 do
  local field = ARGV[i]
  if room <= 0 and redis.call('HEXISTS', KEYS[1], field) == 0 then field = ARGV[i + 1] end
  if redis.call('HINCRBY', KEYS[1], field, ARGV[i + 2]) == tonumber(ARGV[i + 2]) then room = room - 1 end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** The beginning of the day (UTC) of a time, both epoch ms. */
export function dayOf(time: number): number {
  return Math.floor(time / dayMs) * dayMs;
}

/** Lags on Redis: a hash a day, with a field for each step, bucket, provider and sink. */
export function createLags(redis: Redis, { mostFields = mostFieldsADay } = {}): Lags {
  return {
    async count(counted, at) {
      if (!counted.length) return;
      const added = counted.flatMap((one) => [
        fieldOf(one),
        fieldOf({ ...one, provider: otherProviders }),
        one.count,
      ]);
      await redis.eval(script, 1, keys.lag(dayOf(at)), mostFields, keptMs, ...added);
    },
    async ofDay(at) {
      const histograms = new Map<string, LagOf & { counts: Map<number, number> }>();
      for (const [field, count] of Object.entries(await redis.hgetall(keys.lag(dayOf(at))))) {
        const [, step, bucket, provider = "", sink = ""] =
          /^(seen|delivered) (\d+) (\S+) (.*)$/s.exec(field) ?? [];
        if (step !== "seen" && step !== "delivered") continue;
        const of = JSON.stringify([step, provider, sink]);
        const histogram = histograms.get(of) ?? { step, provider, sink, counts: new Map<number, number>() };
        histogram.counts.set(Number(bucket), Number(count));
        histograms.set(of, histogram);
      }
      return [...histograms.values()];
    },
  };
}

function fieldOf({ step, bucket, provider, sink }: Omit<LagCount, "count">): string {
  return `${step} ${bucket} ${provider} ${sink}`;
}
