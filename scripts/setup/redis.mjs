import { report, SetupError } from "./report.mjs";

const seeToItThemselves = new Set(["start", "demo"]);

/** Sees to it that there is a Redis server to start, unless REDIS_URL names one that runs. Tests start their own in any case. */
export async function redis({ job, env }) {
  if (seeToItThemselves.has(job)) return;
  if ((env.REDIS_URL || env.REDIS_URL_FILE) && job !== "test") return;
  const { ensureRedis, RedisMissingError } = await import("../../packages/embedded-redis/dist/index.js");
  try {
    await ensureRedis({ env, report });
  } catch (error) {
    throw error instanceof RedisMissingError ? new SetupError(error.message) : error;
  }
}
