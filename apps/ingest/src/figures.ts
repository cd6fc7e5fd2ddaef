import { Counter, type Registry } from "@statuswire/telemetry";

export type Figures = ReturnType<typeof createFigures>;

/** What ingest counts. */
export function createFigures(registry: Registry) {
  return {
    accepted: new Counter({
      name: "statuswire_webhooks_accepted_total",
      help: "Webhooks answered 202: Redis has them.",
      registers: [registry],
    }),
    refused: new Counter({
      name: "statuswire_webhooks_refused_total",
      help: "Requests answered with an error, by status.",
      labelNames: ["status"],
      registers: [registry],
    }),
  };
}
