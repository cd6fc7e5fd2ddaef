import type { Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";

/** Hears a connection's errors, which would otherwise end the process, and tells when it is lost and when it is back. */
export function watchRedis(redis: Redis, tell: Tell): Redis {
  let isLost = false;
  redis.on("error", (error: Error) => {
    isLost = true;
    tell("redis.lost", { error });
  });
  redis.on("ready", () => {
    if (isLost) tell("redis.back");
    isLost = false;
  });
  return redis;
}

/** Whether Redis answers within a second: what `/readyz` asks. */
export async function redisIsReady(redis: Redis): Promise<true | string> {
  if (redis.status !== "ready") return "Redis is not connected.";
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("Redis does not answer."), 1000);
  });
  const answer = redis.ping().then(
    () => true as const,
    () => "Redis refuses to answer.",
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
