import { packText, unpackText } from "@statuswire/packing";
import type { Redis } from "ioredis";
import { z } from "zod";
import { keys } from "./keys.ts";

/** What a page said the last time that it said something new: for looking at, so only its beginning. */
export const Payload = z.object({ at: z.string(), text: z.string(), isCut: z.boolean() });
export type Payload = z.infer<typeof Payload>;

/** As it is kept: packed. Former versions kept it as it was. */
const Packed = Payload.omit({ text: true }).extend({ packed: z.string() });
const Kept = z.union([
  Packed.transform(({ packed, ...about }) => ({ ...about, text: unpackText(packed) })),
  Payload,
]);

export interface Payloads {
  of(provider: string): Promise<Payload | undefined>;
  keep(provider: string, said: { at: string; text: string }): Promise<void>;
}

/** Characters kept. */
const longest = 64 * 1024;
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** The last payloads on Redis: a key for each provider. */
export function createPayloads(redis: Redis): Payloads {
  return {
    async of(provider) {
      const json = await redis.get(keys.payload(provider));
      return json === null ? undefined : Kept.parse(JSON.parse(json));
    },
    async keep(provider, { at, text }) {
      const kept: z.infer<typeof Packed> = {
        at,
        packed: packText(text.slice(0, longest)),
        isCut: text.length > longest,
      };
      await redis.set(keys.payload(provider), JSON.stringify(kept), "PX", keptMs);
    },
  };
}
