import type { Redis } from "ioredis";
import { Attempt } from "./attempt.ts";
import { keys } from "./keys.ts";

/** How many tries to tell a sink ended in one way, in the hour that began at `hour` (epoch ms). */
export interface Tally {
  hour: number;
  sink: string;
  outcome: Attempt["outcome"];
  tries: number;
}

/** How sinks have fared hour by hour. Kept for eight days: a hash an hour, with a field for each sink and outcome. */
export interface Tallies {
  /** Of the last so many hours, the one that is not over included; oldest first. */
  ofLast(hours: number, now: number): Promise<Tally[]>;
  /** Counts tries, those of one sink, outcome and hour together. */
  count(attempts: readonly Attempt[]): Promise<void>;
}

const hourMs = 60 * 60 * 1000;
const keptMs = 8 * 24 * hourMs;

/** The beginning of the hour of a time, both epoch ms. */
export function hourOf(time: number): number {
  return Math.floor(time / hourMs) * hourMs;
}

/** Tallies on Redis. */
export function createTallies(redis: Redis): Tallies {
  const ofHour = async (hour: number) =>
    Object.entries(await redis.hgetall(keys.tally(hour))).flatMap(([field, tries]) => {
      const [, outcome, sink = ""] = /^(\w+) (.*)$/s.exec(field) ?? [];
      const known = Attempt.shape.outcome.safeParse(outcome);
      return known.success ? [{ hour, sink, outcome: known.data, tries: Number(tries) }] : [];
    });
  return {
    async ofLast(hours, now) {
      const first = hourOf(now) - (hours - 1) * hourMs;
      return (await Promise.all(Array.from({ length: hours }, (_, at) => ofHour(first + at * hourMs)))).flat();
    },
    async count(attempts) {
      const counted = [...tally(attempts)].map(async ([hour, fields]) => {
        const key = keys.tally(hour);
        const added = [...fields].map(([field, tries]) => redis.hincrby(key, field, tries));
        await Promise.all([...added, redis.pexpire(key, keptMs)]);
      });
      await Promise.all(counted);
    },
  };
}

/** How many tries, by hour and by field. */
function tally(attempts: readonly Attempt[]): ReadonlyMap<number, ReadonlyMap<string, number>> {
  const hours = new Map<number, Map<string, number>>();
  for (const { sink, at, outcome } of attempts) {
    const [hour, field] = [hourOf(Date.parse(at)), `${outcome} ${sink}`];
    const fields = hours.get(hour) ?? new Map<string, number>();
    hours.set(hour, fields.set(field, (fields.get(field) ?? 0) + 1));
  }
  return hours;
}
