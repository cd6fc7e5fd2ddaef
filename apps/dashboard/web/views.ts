// The shapes of the API's answers. Page and API are built together and served by one process, so the types are trusted here.
export type { ComponentStatus, Impact } from "@statuswire/status";
export type { ComponentView } from "../src/views/component.ts";
export type { DeadLetterSummary, DeadLetterView } from "../src/views/dead-letter.ts";
export type { DeliveryState, DeliveryView } from "../src/views/delivery.ts";
export type { EventView } from "../src/views/event.ts";
export type { HistoryView, RunView } from "../src/views/history.ts";
export type { Histories, ProviderHistory } from "../src/routes/histories.ts";
export type { NetworkView } from "../src/routes/network.ts";
export type { IncidentView } from "../src/views/incident.ts";
export type { LagView } from "../src/views/lag-view.ts";
export type { MaintenanceView } from "../src/views/maintenance.ts";
export type { ProviderSummary, ProviderView } from "../src/views/provider.ts";
export type { PollView, SourceView } from "../src/views/source.ts";
export type { PartitionView, QueueView } from "../src/views/queue.ts";
export type { TalliesView } from "../src/views/tallies.ts";
export type { TraceView } from "../src/views/trace.ts";
export type { FoundIncidents } from "../src/routes/incidents.ts";
