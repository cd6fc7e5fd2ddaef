import { type Event, recordedAt, vendorLagMs } from "@statuswire/status";
import { Histogram, type Registry } from "@statuswire/telemetry";
import { createLagTally, type LagTally } from "./lag-tally.ts";
import type { Outcome } from "./poll.ts";

/** How long a worker's work takes. */
export interface Times {
  /** Lags that have yet to be counted in Redis, for the statistics of days. */
  lags: LagTally;
  polled(outcome: Outcome, ms: number): void;
  observed(observed: Observed, now: Date): void;
  delivered(delivered: Delivered, now: Date): void;
}

interface Observed {
  events: readonly Event[];
  via: Event["via"];
  /** When the webhook came, or the poll's request started. */
  receivedAt: string;
}

interface Delivered {
  events: readonly Event[];
  sink: string;
}

const short = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const long = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400];
const lag = [1, 5, 10, 20, 30, 45, 60, 90, 120, 300, 600, 1800, 3600, 14_400, 86_400];

/** Times as histograms of this process; the lags of events also for the statistics of all. */
export function createTimes(registry: Registry): Times {
  const registers = [registry];
  const polls = new Histogram({
    name: "statuswire_poll_duration_seconds",
    help: "How long polls took, by how they ended.",
    labelNames: ["outcome"],
    buckets: short,
    registers,
  });
  const recorded = new Histogram({
    name: "statuswire_record_duration_seconds",
    help: "From the arrival of a webhook, or the start of a poll, until what it said was recorded.",
    labelNames: ["via"],
    buckets: short,
    registers,
  });
  const delivered = new Histogram({
    name: "statuswire_delivery_duration_seconds",
    help: "From the recording of an event until a sink had taken it, what it was held for included.",
    labelNames: ["sink"],
    buckets: long,
    registers,
  });
  const vendorLag = new Histogram({
    name: "statuswire_vendor_lag_seconds",
    help: "From the vendor's own time of an event until we saw it.",
    labelNames: ["via"],
    buckets: lag,
    registers,
  });
  const lags = createLagTally();

  return {
    lags,
    polled(outcome, ms) {
      if (asked.has(outcome)) polls.observe({ outcome }, ms / 1000);
    },
    observed({ events, via, receivedAt }, now) {
      recorded.observe({ via }, secondsBetween(Date.parse(receivedAt), now));
      for (const event of events) {
        const ms = vendorLagMs(event);
        if (ms === undefined) continue;
        vendorLag.observe({ via }, ms / 1000);
        lags.add({ step: "seen", provider: event.provider, sink: "", ms });
      }
    },
    delivered({ events, sink }, now) {
      for (const { provider, seq, observedAt } of events) {
        delivered.observe({ sink }, secondsBetween(recordedAt(seq), now));
        lags.add({ step: "delivered", provider, sink, ms: now.getTime() - Date.parse(observedAt) });
      }
    },
  };
}

/** The outcomes for which a page was asked. */
const asked: ReadonlySet<Outcome> = new Set(["changed", "unchanged", "failed"]);

// Redis' clock, and that of another process, may be ahead of ours.
function secondsBetween(from: number, until: Date): number {
  return Math.max(0, until.getTime() - from) / 1000;
}
