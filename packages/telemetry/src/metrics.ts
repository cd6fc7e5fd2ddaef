import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export { Counter, Gauge, Histogram };

/** Gauges of Node that prom-client names like counters, which `promtool check metrics` refuses. */
const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];

/** What a timer of 10 ms finds out at the price of about 1 % of a core, in a process that has nothing to do. */
const sampled = ["min", "max", "mean", "stddev", "p50", "p90", "p99"].map(
  (name) => `nodejs_eventloop_lag_${name}_seconds`,
);
const rarelyMs = 60_000;

/** A registry of one process's metrics, with Node's own among them. Labels come from configuration; where they come from payloads, they are bounded there. */
export function createRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register, eventLoopMonitoringPrecision: rarelyMs });
  for (const name of [...misnamed, ...sampled]) register.removeSingleMetric(name);
  return register;
}
export type { Registry };
