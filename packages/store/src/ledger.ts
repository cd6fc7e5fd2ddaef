import type { Redis } from "ioredis";
import { Attempt } from "./attempt.ts";
import { keys } from "./keys.ts";

/** Which events have reached which sinks. */
export interface Ledger {
  has(seq: string, sink: string): Promise<boolean>;
  /**
   * Notes that an event has reached a sink; with the try by which it did, unless that is recorded as any other is. Whether that is
   * news: if not, it has reached it twice.
   */
  note(seq: string, sink: string, attempt?: Attempt): Promise<boolean>;
  /** The try that was noted with an event's arrival at a sink, if there was one. */
  attempt(seq: string, sink: string): Promise<Attempt | undefined>;
}

/** Far longer than a delivery can take from the log to its last try. */
const keptMs = 30 * 24 * 60 * 60 * 1000;
const arrived = "1";

/** The ledger on Redis: a key per delivery done. */
export function createLedger(redis: Redis): Ledger {
  const keyOf = (seq: string, sink: string) => keys.delivered(`${seq}:${sink}`);
  return {
    has: async (seq, sink) => (await redis.exists(keyOf(seq, sink))) === 1,
    async note(seq, sink, attempt) {
      const noted = attempt ? JSON.stringify(attempt) : arrived;
      return (await redis.set(keyOf(seq, sink), noted, "PX", keptMs, "GET")) === null;
    },
    async attempt(seq, sink) {
      const noted = await redis.get(keyOf(seq, sink));
      return noted === null || noted === arrived ? undefined : Attempt.parse(JSON.parse(noted));
    },
  };
}
