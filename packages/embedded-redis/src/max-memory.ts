import { totalmem } from "node:os";
import { RedisStartError } from "./errors.ts";

/** Part of the memory that this process may use. The other half is for our own processes, and for what Redis copies while it rewrites its file. */
const share = 0.5;

/**
 * The `maxmemory` of an embedded server: STATUSWIRE_REDIS_MAXMEMORY as redis.conf has it (`2gb`; 0: no limit), else half of the memory of
 * this machine or container. Throws RedisStartError for what is no size.
 */
export function maxMemoryIn(env: NodeJS.ProcessEnv): string {
  const wanted = env["STATUSWIRE_REDIS_MAXMEMORY"]?.trim();
  if (!wanted) return String(Math.floor(memory() * share));
  if (/^\d+([kmg]?b|[kmg])?$/i.test(wanted)) return wanted;
  throw new RedisStartError(
    `STATUSWIRE_REDIS_MAXMEMORY is "${wanted}". Write a size, such as 512mb or 2gb, or 0 for no limit.`,
  );
}

// Node says 0, or more than there is, where nothing constrains it.
function memory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
