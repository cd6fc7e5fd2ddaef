import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

/** Which events have reached which sinks. */
export interface Ledger {
  has(seq: string, sink: string): Promise<boolean>;
  note(seq: string, sink: string): Promise<void>;
}

/** Far longer than a delivery can take from the log to its last try. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** The ledger on Redis: a key per delivery done. */
export function createLedger(redis: Redis): Ledger {
  return {
    has: async (seq, sink) => (await redis.exists(keys.delivered(`${seq}:${sink}`))) === 1,
    async note(seq, sink) {
      await redis.set(keys.delivered(`${seq}:${sink}`), "1", "PX", keptMs);
    },
  };
}
