import { type Passed, type Retold, retold } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";
import type { Log } from "./log.ts";
import { encodePassed } from "./past-fields.ts";

interface Options {
  log: Pick<Log, "after">;
  /** Epoch seconds, from which on we count as looking: when we looked before, no event tells. */
  now: number;
}

const batch = 1000;

/** Tells the pasts that are missing again from the log: lost, or older than the keeping of them. Returns whose. */
export async function restorePasts(redis: Redis, { log, now }: Options): Promise<string[]> {
  const missing = await withoutPast(redis);
  if (!missing.length) return [];
  const told = await toldBy(log, new Set(missing));
  for (const provider of missing)
    await write(redis, provider, { ...(told.get(provider) ?? retold([])), since: now });
  return missing;
}

async function withoutPast(redis: Redis): Promise<string[]> {
  const providers = await redis.smembers(keys.providers);
  const exist = await Promise.all(providers.map((provider) => redis.exists(keys.past(provider))));
  return providers.filter((_provider, index) => !exist[index]);
}

async function toldBy(log: Pick<Log, "after">, providers: ReadonlySet<string>): Promise<Map<string, Retold>> {
  const told = new Map<string, Retold>();
  let seq: string | undefined;
  for (;;) {
    const events = await log.after(seq, batch);
    for (const provider of providers) {
      const own = events.filter((event) => event.provider === provider);
      if (own.length) told.set(provider, retold(own, told.get(provider)));
    }
    seq = events.at(-1)?.seq;
    if (seq === undefined) return told;
  }
}

// What a transition has written meanwhile is newer than what the log said when we read it.
const writeNew = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
for i = 1, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
return 1
`;

async function write(redis: Redis, provider: string, passed: Passed & { since: number }): Promise<void> {
  const { set, append } = encodePassed(passed, passed.since);
  await redis.eval(writeNew, 1, keys.past(provider), ...Object.entries({ ...set, ...append }).flat());
}
