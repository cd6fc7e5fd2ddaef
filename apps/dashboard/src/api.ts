import type { Queues } from "@statuswire/queues";
import type { Redis } from "ioredis";
import type { Healths, Ledger, Log, Payloads, Readings, Tallies, Traces } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Board } from "./board.ts";
import type { Histories } from "./histories.ts";
import type { LagStatistics } from "./lag-statistics.ts";
import type { Operation } from "./operation.ts";
import { openapi } from "./openapi.ts";
import { badges } from "./routes/badges.ts";
import { catalog } from "./routes/catalog.ts";
import { components } from "./routes/components.ts";
import { configuration } from "./routes/configuration.ts";
import { deadLetters } from "./routes/dead-letters.ts";
import { deliveries } from "./routes/deliveries.ts";
import { detectDescription } from "./routes/detect.ts";
import { events } from "./routes/events.ts";
import { histories, ProviderHistory } from "./routes/histories.ts";
import { incidents } from "./routes/incidents.ts";
import { lags } from "./routes/lags.ts";
import { maintenances } from "./routes/maintenances.ts";
import { network } from "./routes/network.ts";
import { providers } from "./routes/providers.ts";
import { selfDescription } from "./routes/description.ts";
import { queueCounts } from "./routes/queue-counts.ts";
import { sinks } from "./routes/sinks.ts";
import { sources } from "./routes/sources.ts";
import { statuspage } from "./routes/statuspage.ts";
import { StreamAsked } from "./routes/stream.ts";
import { traces } from "./routes/traces.ts";
import { watching } from "./routes/watching.ts";
import { ComponentView } from "./views/component.ts";
import { ConfigurationView } from "./views/configuration.ts";
import { DeadLetterSummary, DeadLetterView } from "./views/dead-letter.ts";
import { DeliveryView } from "./views/delivery.ts";
import { EventView } from "./views/event.ts";
import { HistoryView, RunView } from "./views/history.ts";
import { IncidentView } from "./views/incident.ts";
import { LagView } from "./views/lag-view.ts";
import { MaintenanceView } from "./views/maintenance.ts";
import { SinkView } from "./views/sink.ts";
import { PollView, SourceView } from "./views/source.ts";
import { ProviderSummary, ProviderView } from "./views/provider.ts";
import { PartitionView, QueueView } from "./views/queue.ts";
import { TalliesView } from "./views/tallies.ts";
import { TraceView } from "./views/trace.ts";
import type { Wish } from "./wish.ts";

export interface Dependencies {
  board: Board;
  histories: Histories;
  lags: LagStatistics;
  log: Log;
  payloads: Payloads;
  readings: Readings;
  queues: Queues;
  redis: Redis;
  ledger: Ledger;
  healths: Pick<Healths, "of">;
  tallies: Tallies;
  wish: Pick<Wish, "current" | "editConfig" | "lookAt" | "rejected">;
  traces: Traces;
  now(): number;
  tell: Tell;
}

/** Everything that the API can be asked, its own description included. */
export function createApi(dependencies: Dependencies): Operation[] {
  const operations = [
    ...providers(dependencies),
    ...histories(dependencies),
    ...watching(dependencies.wish),
    ...configuration(dependencies.wish),
    ...sources(dependencies),
    ...badges(dependencies),
    ...components(dependencies),
    ...incidents(dependencies),
    ...maintenances(dependencies),
    ...events(dependencies),
    ...traces(dependencies),
    ...deliveries(dependencies),
    ...sinks({ ...dependencies, sinks: () => dependencies.wish.current().sinks }),
    ...deadLetters(dependencies),
    ...lags(dependencies),
    ...queueCounts(dependencies),
    ...network(dependencies),
    ...catalog(),
    ...statuspage(dependencies),
  ];
  const description = selfDescription(() =>
    openapi([...operations, streamDescription, detectDescription, ...description], names),
  );
  return [...operations, ...description];
}

/** What the API speaks of, by the names that generated clients give it. */
const names = {
  Component: ComponentView,
  Configuration: ConfigurationView,
  DeadLetter: DeadLetterView,
  DeadLetterSummary,
  Delivery: DeliveryView,
  DeliveryTallies: TalliesView,
  Event: EventView,
  History: HistoryView,
  Incident: IncidentView,
  Lag: LagView,
  Maintenance: MaintenanceView,
  Provider: ProviderView,
  ProviderHistory,
  ProviderSummary,
  Queue: QueueView,
  Partition: PartitionView,
  Run: RunView,
  Sink: SinkView,
  Poll: PollView,
  Source: SourceView,
  Trace: TraceView,
};

const streamDescription = {
  method: "get",
  path: "/api/v1/stream",
  summary: "The log as it grows, as server-sent events: the id is the seq, the data an event.",
  asks: StreamAsked,
  sends: undefined,
  answers: undefined,
  type: "text/event-stream",
  mayBeMissing: false,
} as const;
