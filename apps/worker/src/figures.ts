import { Counter, type Registry } from "@statuswire/telemetry";

export type Figures = ReturnType<typeof createFigures>;

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
  };
}
