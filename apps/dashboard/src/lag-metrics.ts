import type { Registry } from "@statuswire/telemetry";
import { gaugesIn } from "./gauges.ts";
import type { LagStatistics } from "./lag-statistics.ts";
import { remembered } from "./remembered.ts";
import { deliveredByBoth, deliveredBySink, type LagView, seenByProvider } from "./views/lag-view.ts";

interface Dependencies {
  lags: LagStatistics;
  registry: Registry;
  /** Those in the configuration, by id and by name. */
  providers(): Iterable<string>;
  sinks(): Iterable<string>;
  /** Epoch ms. */
  now(): number;
}

/** Each has four series. Of more pairs of a provider and a sink, those with the most events have some. */
const mostPairs = 2_000;

/** There may be ten thousand to add up. */
const freshMs = 10_000;

/** Lag over days for Prometheus, of what is in the configuration. */
export function createLagMetrics({ lags, registry, providers, sinks, now }: Dependencies): void {
  const gauge = gaugesIn(registry);
  const byBoth = remembered(async () => deliveredByBoth(await lags.lately()), { freshMs, now });

  async function pairs(): Promise<{ shown: LagView[]; leftOut: number }> {
    const all = inForce(await byBoth());
    const shown = all.toSorted((one, other) => eventsIn(other) - eventsIn(one)).slice(0, mostPairs);
    return { shown, leftOut: all.length - shown.length };
  }

  function inForce(views: readonly LagView[]): LagView[] {
    const [watched, configured] = [new Set(providers()), new Set(sinks())];
    return views.filter(
      ({ provider, sink }) =>
        (provider === undefined || watched.has(provider)) && (sink === undefined || configured.has(sink)),
    );
  }

  gauge({
    name: "statuswire_provider_lag_seconds",
    help: "From the vendor's own time of an event until we saw it, over days.",
    labelNames: ["provider", "days", "percentile"],
    read: async () => inForce(seenByProvider(await lags.lately())).flatMap(seriesOf),
  });
  gauge({
    name: "statuswire_sink_lag_seconds",
    help: "From seeing an event until the sink had taken it, over days, of all providers.",
    labelNames: ["sink", "days", "percentile"],
    read: async () => inForce(deliveredBySink(await lags.lately())).flatMap(seriesOf),
  });
  gauge({
    name: "statuswire_provider_sink_lag_seconds",
    help: "From seeing an event of the provider until the sink had taken it, over days.",
    labelNames: ["provider", "sink", "days", "percentile"],
    read: async () => (await pairs()).shown.flatMap(seriesOf),
  });
  gauge({
    name: "statuswire_provider_sink_lags_left_out",
    help: `Pairs of a provider and a sink without a lag here: the ${mostPairs} with the most events have one.`,
    labelNames: [],
    read: async () => [{ labels: {}, value: (await pairs()).leftOut }],
  });
}

function eventsIn({ windows }: LagView): number {
  return windows.at(-1)?.events ?? 0;
}

function seriesOf({ provider, sink, windows }: LagView) {
  const subject = { ...(provider === undefined ? {} : { provider }), ...(sink === undefined ? {} : { sink }) };
  return windows.flatMap(({ days, p50Seconds, p95Seconds }) =>
    Object.entries({ 50: p50Seconds, 95: p95Seconds }).flatMap(([percentile, value]) =>
      value === undefined ? [] : [{ labels: { ...subject, days: String(days), percentile }, value }],
    ),
  );
}
