import type { PollState } from "@statuswire/status";
import type { Redis } from "ioredis";
import { z } from "zod";
import { keys } from "./keys.ts";

/** What is remembered of a provider's polls, so that any worker can do the next one. */
export const Reading = z.object({
  /** Which of its format's ways this page answers. */
  way: z.coerce.number().int().default(0),
  /** Digest of what the last recorded reading said. */
  hash: z.string().optional(),
  /**
   * The `hash` that the marks below stand for. Another worker may have recorded something else since: then they would hide it.
   */
  marked: z.string().optional(),
  /** Digest of the bytes in which it was last said: the same bytes say the same. */
  bytes: z.string().optional(),
  /** How many components it listed. */
  components: z.coerce.number().int().optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** Readings in a row that were in another shape, how often detection was tried since, and when it was last. */
  wrongShapes: z.coerce.number().int().default(0),
  detections: z.coerce.number().int().default(0),
  detectedAt: z.string().optional(),
  /** What detection found the page to talk instead of `foundFor`, which the configuration still says, and where. */
  found: z.string().optional(),
  foundFor: z.string().optional(),
  foundAt: z.string().optional(),
  /** Failed polls in a row, and since when. */
  failures: z.coerce.number().int().default(0),
  failingSince: z.string().optional(),
  /** Epoch ms before which the page is not to be asked. */
  notBefore: z.coerce.number().default(0),
  /** A process did not survive the page: it is asked where it can take nothing with it, until it is read again. */
  isolated: z.literal("yes").optional(),
  /**
   * The `hash` of what takes down the process that compares it, epoch ms until which that is held against it, and whether it is
   * more than a suspicion.
   */
  fatal: z.string().optional(),
  fatalUntil: z.coerce.number().default(0),
  condemned: z.literal("yes").optional(),
  /** How the last poll ended and when. */
  outcome: z.string().optional(),
  polledAt: z.string().optional(),
  /** When the page was last read, whether it said anything new or not. */
  readAt: z.string().optional(),
  /** How the last polls ended; see `pollsIn`. */
  polls: z.string().optional(),
});
export type Reading = z.infer<typeof Reading>;

export interface Readings {
  of(provider: string): Promise<Reading>;
  /** Of a reading, only how the polls go: cheap enough to be asked of every provider. */
  pollState(provider: string): Promise<PollState>;
  /** Remembers some facts; undefined ones are forgotten. */
  note(provider: string, facts: Partial<Reading>): Promise<void>;
}

const pollFields = ["polledAt", "failures", "failingSince", "outcome", "readAt"] as const;

/** The polls' memory on Redis. */
export function createReadings(redis: Redis): Readings {
  return {
    of: async (provider) => Reading.parse(await redis.hgetall(keys.reading(provider))),
    async pollState(provider) {
      const values = await redis.hmget(keys.reading(provider), ...pollFields);
      const [polledAt, failures, failingSince, outcome, readAt] = values.map((value) => value ?? undefined);
      return { polledAt, failures: Number(failures ?? 0), failingSince, outcome, readAt };
    },
    async note(provider, facts) {
      const key = keys.reading(provider);
      const [gone, kept] = [true, false].map((isGone) =>
        Object.entries(facts).filter(([, value]) => (value === undefined) === isGone),
      );
      // Sent together all the same; ioredis makes each pipeline anew from every script that it knows.
      await Promise.all([
        kept?.length && redis.hset(key, Object.fromEntries(kept.map(([field, value]) => [field, String(value)]))),
        gone?.length && redis.hdel(key, ...gone.map(([field]) => field)),
      ]);
    },
  };
}
