import { z } from "zod";
import { Counter } from "@statuswire/telemetry";
import type { Figures } from "./figures.ts";

/** What a process without a `/metrics` of its own has counted, for another to count. */
export const Counted = z.array(
  z.object({ figure: z.string(), labels: z.record(z.string(), z.string()), count: z.number() }),
);
export type Counted = z.infer<typeof Counted>;

/** Takes what was counted since the last time. How long things took stays with the process: a histogram is not told sample by sample. */
export async function takeCounted(figures: Figures): Promise<Counted> {
  const counted: Counted = [];
  for (const [figure, counter] of Object.entries(figures)) {
    if (!(counter instanceof Counter)) continue;
    const taken = counter.get();
    // Before anything else can count: what is taken is not there any more, what comes later is.
    counter.reset();
    for (const { labels, value: count } of (await taken).values) {
      const named = Object.entries(labels).map(([name, value]) => [name, String(value)]);
      if (count) counted.push({ figure, labels: Object.fromEntries(named) as Record<string, string>, count });
    }
  }
  return counted;
}

/** Counts what another process has counted. What we don't know, a newer one counts. */
export function countAlso(figures: Figures, counted: Counted): void {
  const known = new Map<string, unknown>(Object.entries(figures));
  for (const { figure, labels, count } of counted) {
    const counter = known.get(figure);
    if (counter instanceof Counter) counter.inc(labels, count);
  }
}
