import { setTimeout as delay } from "node:timers/promises";
import { RedisStartError } from "@statuswire/embedded-redis";
import type { Tell } from "@statuswire/telemetry";
import { type Environment, type Lent, startRedis, type StartedRedis } from "../redis.ts";
import { type BackOff, createBackOff } from "./back-off.ts";

/** So many ends in a row mean that something else is wrong: the disk, the memory, the append-only file. */
const mostEnds = 10;

interface Options {
  env: Environment;
  dir: string;
  tell: Tell;
  backOff?: BackOff;
}

/** A Redis that is started again when it ends by itself. */
export interface KeptRedis extends Pick<Lent, "url" | "release"> {
  /** Rejects once it has ended too often. */
  failed: Promise<never>;
}

/**
 * Starts the embedded Redis and keeps it running; always at the same socket, so that who is connected to it connects anew.
 * Rejects when it cannot be started at all.
 */
export async function keepRedis(options: Options): Promise<KeptRedis> {
  const { env, dir, tell, backOff = createBackOff(mostEnds) } = options;
  const stopping = new AbortController();
  let startedAt = Date.now();
  let starting = startRedis(env, dir);

  /** Throws what the first start failed with, unless another start may succeed. */
  async function firstStart(): Promise<StartedRedis> {
    try {
      return await starting;
    } catch (error) {
      if (!(error instanceof RedisStartError && error.wasKilled)) throw error;
      tell("redis.failed", { error });
      return startAgain();
    }
  }

  async function startAgain(): Promise<StartedRedis> {
    for (;;) {
      const waitMs = backOff.waitAfter(Date.now() - startedAt);
      if (waitMs === undefined) throw new Error(tooOften(dir));
      await delay(waitMs, undefined, { signal: stopping.signal });
      startedAt = Date.now();
      starting = startRedis(env, dir);
      try {
        return await starting;
      } catch (error) {
        tell("redis.failed", { error });
      }
    }
  }

  async function keep(first: StartedRedis): Promise<never> {
    for (let redis = first; ; redis = await startAgain()) {
      const code = await redis.lost;
      if (stopping.signal.aborted) return new Promise<never>(() => undefined);
      tell("child.restarted", { app: "redis", code });
    }
  }

  const redis = await firstStart();
  const failed = keep(redis);
  // Stopping ends the wait for the next start with an error, which is nobody's failure.
  failed.catch(() => undefined);
  return {
    url: redis.url,
    failed,
    async release() {
      stopping.abort();
      await starting.then(
        (running) => running.release(),
        () => undefined,
      );
    },
  };
}

function tooOften(dir: string): string {
  return `The embedded Redis keeps ending by itself. Its log, ${dir}/redis.log, says why; everything in ${dir} is kept. Start again once the cause is gone.`;
}
