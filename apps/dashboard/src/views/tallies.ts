import { Time } from "@statuswire/status";
import { hourOf, type Tally } from "@statuswire/store";
import { z } from "zod";

const counts = z.array(z.int().nonnegative());

/** How sinks have fared hour by hour; every list has an entry for each of `hours`. */
export const TalliesView = z.object({
  hours: z.array(Time).describe("When each hour began, oldest first; the last one is not over."),
  sinks: z.array(
    z.object({
      sink: z.string(),
      delivered: counts.describe("Events that it took."),
      failed: counts.describe("Tries that failed or were refused."),
    }),
  ),
});
export type TalliesView = z.infer<typeof TalliesView>;

const hourMs = 60 * 60 * 1000;

/** Tallies of the last so many hours as rows of figures. */
export function talliesView(
  tallies: readonly Tally[],
  { hours, now }: { hours: number; now: number },
): TalliesView {
  const first = hourOf(now) - (hours - 1) * hourMs;
  const starts = Array.from({ length: hours }, (_, at) => first + at * hourMs);
  const row = (sink: string, outcomes: readonly Tally["outcome"][]) => {
    const counted = tallies.filter((tally) => tally.sink === sink && outcomes.includes(tally.outcome));
    return starts.map((hour) => counted.reduce((sum, tally) => sum + (tally.hour === hour ? tally.tries : 0), 0));
  };
  return {
    hours: starts.map((start) => new Date(start).toISOString()),
    sinks: [...new Set(tallies.map(({ sink }) => sink))]
      .sort()
      .map((sink) => ({ sink, delivered: row(sink, ["delivered"]), failed: row(sink, ["failed", "refused"]) })),
  };
}
