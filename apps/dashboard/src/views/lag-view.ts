import { addLagCounts, type LagHistogram, lagQuantile, lagTotal, otherProviders } from "@statuswire/store";
import { z } from "zod";
import type { LagWindow } from "../lag-statistics.ts";

const LagStep = z.enum(["vendor_to_seen", "seen_to_delivered"]);

const seconds = z.number().nonnegative().optional();

/** How long events took in one step, for a provider, a sink, both, or all. */
export const LagView = z.object({
  step: LagStep.describe(
    "`vendor_to_seen`: from the vendor's own time of an event until we saw it; `seen_to_delivered`: from then until the sink had taken it.",
  ),
  provider: z.string().optional().describe("Absent: all providers together."),
  sink: z.string().optional().describe("Absent: all sinks together, or the step `vendor_to_seen`."),
  windows: z.array(
    z.object({
      days: z.int().describe("The last so many days (UTC), today included: 7, or 30."),
      events: z.int().nonnegative(),
      p50Seconds: seconds.describe("Half of them took no longer, right to 10 %. Absent where there are none."),
      p95Seconds: seconds.describe("95 of 100 took no longer, right to 10 %."),
    }),
  ),
});
export type LagView = z.infer<typeof LagView>;

type Subject = Pick<LagView, "step" | "provider" | "sink">;

/** Of which provider or sink lag is told; of all: by what. */
export interface LagAsked {
  provider?: string | undefined;
  sink?: string | undefined;
  by: "sink" | "provider";
}

/** Lag of one provider, by sink; of one sink, by provider; of all, as asked. */
export function lagViews(windows: readonly LagWindow[], { provider, sink, by }: LagAsked): LagView[] {
  const isOf = (one: LagHistogram) =>
    (provider === undefined || one.provider === provider) && (sink === undefined || one.sink === sink);
  const own = windows.map(({ days, histograms }) => ({ days, histograms: histograms.filter(isOf) }));
  if (provider !== undefined) return [...seenByProvider(own), ...deliveredByBoth(own)];
  if (sink !== undefined) return [...deliveredBySink(own), ...deliveredByBoth(own)];
  return by === "sink"
    ? [...seenByAll(own), ...deliveredBySink(own)]
    : [...seenByProvider(own), ...deliveredByProvider(own)];
}

function seenByAll(windows: readonly LagWindow[]): LagView[] {
  return viewsOf(windows, ({ step }) => (step === "seen" ? { step: "vendor_to_seen" } : undefined));
}

export function seenByProvider(windows: readonly LagWindow[]): LagView[] {
  return viewsOf(windows, ({ step, provider }) =>
    step === "seen" && provider !== otherProviders ? { step: "vendor_to_seen", provider } : undefined,
  );
}

export function deliveredBySink(windows: readonly LagWindow[]): LagView[] {
  return viewsOf(windows, ({ step, sink }) =>
    step === "delivered" ? { step: "seen_to_delivered", sink } : undefined,
  );
}

function deliveredByProvider(windows: readonly LagWindow[]): LagView[] {
  return viewsOf(windows, ({ step, provider }) =>
    step === "delivered" && provider !== otherProviders ? { step: "seen_to_delivered", provider } : undefined,
  );
}

export function deliveredByBoth(windows: readonly LagWindow[]): LagView[] {
  return viewsOf(windows, ({ step, provider, sink }) =>
    step === "delivered" && provider !== otherProviders
      ? { step: "seen_to_delivered", provider, sink }
      : undefined,
  );
}

/** A view of each subject, in order of their names, of all histograms that are of it. */
function viewsOf(
  windows: readonly LagWindow[],
  subjectOf: (histogram: LagHistogram) => Subject | undefined,
): LagView[] {
  const subjects = new Map<string, Subject>();
  const counted = windows.map(({ days, histograms }) => {
    const groups = new Map<string, LagHistogram[]>();
    for (const histogram of histograms) {
      const subject = subjectOf(histogram);
      if (!subject) continue;
      const key = JSON.stringify(subject);
      subjects.set(key, subject);
      const group = groups.get(key);
      if (group) group.push(histogram);
      else groups.set(key, [histogram]);
    }
    return { days, groups };
  });
  return [...subjects]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, subject]) => ({
      ...subject,
      windows: counted.map(({ days, groups }) => windowOf(days, groups.get(key) ?? [])),
    }));
}

function windowOf(days: number, histograms: readonly LagHistogram[]): LagView["windows"][number] {
  const counts = addLagCounts(histograms.map((histogram) => histogram.counts));
  const [p50, p95] = [0.5, 0.95].map((share) => lagQuantile(counts, share));
  return {
    days,
    events: lagTotal(counts),
    ...(p50 === undefined ? {} : { p50Seconds: rounded(p50 / 1000) }),
    ...(p95 === undefined ? {} : { p95Seconds: rounded(p95 / 1000) }),
  };
}

// The middle of a bucket has digits that say nothing.
function rounded(seconds: number): number {
  return Number(seconds.toPrecision(3));
}
