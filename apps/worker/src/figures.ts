import { Counter, type Registry } from "@statuswire/telemetry";
import { createTimes } from "./times.ts";

export type Figures = ReturnType<typeof createFigures>;

/** Prometheus sees no increase in a counter that begins with one: what is rare begins with zero. */
export function startAtZero(figures: Figures, sinks: Iterable<string>): void {
  const { failedDeliveries, repeatedDeliveries, doubledDeliveries, deadLetters } = figures;
  for (const sink of sinks) {
    for (const outcome of ["failed", "refused", "waiting"]) failedDeliveries.inc({ sink, outcome }, 0);
    for (const counter of [repeatedDeliveries, doubledDeliveries]) counter.inc({ sink }, 0);
  }
  for (const queue of ["observations", "deliveries", "quarantine"]) deadLetters.inc({ queue }, 0);
}

/** What a worker counts. Labels come from the configuration and from our own words, never from payloads. */
export function createFigures(registry: Registry) {
  const registers = [registry];
  return {
    polls: new Counter({
      name: "statuswire_polls_total",
      help: "Polls, by provider and how they ended.",
      labelNames: ["provider", "outcome"],
      registers,
    }),
    events: new Counter({
      name: "statuswire_events_total",
      help: "Events recorded, by provider and type.",
      labelNames: ["provider", "type"],
      registers,
    }),
    unknownWords: new Counter({
      name: "statuswire_unknown_words_total",
      help: "States in a vendor's word that we don't know: told as unknown, never guessed.",
      labelNames: ["provider"],
      registers,
    }),
    conflicts: new Counter({
      name: "statuswire_state_conflicts_total",
      help: "Writes of a provider's state that were repeated because somebody else had moved it: 0 unless workers from before partitions run beside.",
      registers,
    }),
    evictedLetters: new Counter({
      name: "statuswire_dead_letters_evicted_total",
      help: "Dead letters removed to stay within the limits, by class: unproven, payload or delivery.",
      labelNames: ["class"],
      registers,
    }),
    deliveries: new Counter({
      name: "statuswire_deliveries_total",
      help: "Deliveries done, by sink.",
      labelNames: ["sink"],
      registers,
    }),
    failedDeliveries: new Counter({
      name: "statuswire_delivery_failures_total",
      help: "Tries to deliver that failed (and are repeated), were refused, or were asked to wait, by sink.",
      labelNames: ["sink", "outcome"],
      registers,
    }),
    repeatedDeliveries: new Counter({
      name: "statuswire_deliveries_repeated_total",
      help: "Deliveries done again because the process that had them in hand hung or ended: the sink may have taken them before.",
      labelNames: ["sink"],
      registers,
    }),
    doubledDeliveries: new Counter({
      name: "statuswire_deliveries_doubled_total",
      help: "Deliveries that a sink has certainly taken twice: two processes have noted it.",
      labelNames: ["sink"],
      registers,
    }),
    deadLetters: new Counter({
      name: "statuswire_dead_letters_total",
      help: "Jobs that could not succeed and became dead letters, by queue.",
      labelNames: ["queue"],
      registers,
    }),
    /** How long it takes. */
    times: createTimes(registry),
  };
}
