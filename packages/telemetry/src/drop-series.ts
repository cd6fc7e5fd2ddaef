import type { Registry } from "prom-client";

interface Dropped {
  label: string;
  /** Whether the series with that value of the label is to go. */
  isGone(value: string): boolean;
}

/** Labels that a metric adds itself: they are no part of a series' name. */
const own = new Set(["le", "quantile"]);

/** Removes series by the value of a label, from every metric that has it. */
export async function dropSeries(registry: Registry, { label, isGone }: Dropped): Promise<void> {
  for (const { name, values } of await registry.getMetricsAsJSON()) {
    for (const { labels } of values) {
      const value = Object.entries(labels).find(([key]) => key === label)?.[1];
      if (value === undefined || !isGone(String(value))) continue;
      const given = Object.entries(labels).filter(([key]) => !own.has(key));
      registry.getSingleMetric(name)?.remove(Object.fromEntries(given));
    }
  }
}
