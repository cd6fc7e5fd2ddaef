import type { Noise } from "@statuswire/status";

/** What is kept from people where the configuration says nothing. */
export const usualNoise: Noise = {
  explained: true,
  flapping: { changes: 6, withinMs: 30 * 60_000 },
  together: { providers: 5 },
};
