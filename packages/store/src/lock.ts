import type { Redis } from "ioredis";

/** How long a lock outlives its holder. A job's lock ends with it: whoever takes up the job of a killed worker finds this one free. */
export const lockMs = 6_000;

/** A lock that this process has taken, prolonged for as long as the process lives. */
export interface Lock {
  /** Whether it is still ours. Redis is asked only if the lock may have run out: this process was paused, say. */
  isHeld(): Promise<boolean>;
  /** Prolongs it no more. */
  stop(): void;
}

const prolong = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** Keeps a lock that was taken at `takenAt`, epoch ms: a key with the holder's token. */
export function keepLock(
  redis: Redis,
  { key, token, takenAt }: { key: string; token: string; takenAt: number },
): Lock {
  let provenAt = takenAt;

  async function extend(): Promise<boolean> {
    const at = Date.now();
    if ((await redis.eval(prolong, 1, key, token, lockMs)) !== 1) return false;
    provenAt = at;
    return true;
  }

  // A lock that can't be prolonged runs out by itself.
  const timer = setInterval(() => void extend().catch(() => undefined), lockMs / 3).unref();
  return {
    isHeld: async () => Date.now() - provenAt < lockMs / 2 || extend(),
    stop: () => clearInterval(timer),
  };
}
