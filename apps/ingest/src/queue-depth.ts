import { type Repeated, repeat } from "./repeat.ts";

export interface QueueDepth extends Repeated {
  /** Whether the last look found more jobs than there should be. */
  isTooMuch(): boolean;
}

const everyMs = 2_000;

/** Watches how many jobs wait, beside the requests. While Redis is away nothing is known, and nothing held against anyone. */
export function watchDepth(count: () => Promise<number>, limit: number): QueueDepth {
  let depth = 0;
  const { stop } = repeat(everyMs, async () => {
    depth = await count().catch(() => 0);
  });
  return { isTooMuch: () => depth > limit, stop };
}
