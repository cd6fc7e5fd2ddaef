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
    conflicts: new Counter({
      name: "statuswire_state_conflicts_total",
      help: "Writes of a provider's state that were repeated because somebody else had moved it: 0 unless workers from before partitions run beside.",
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
