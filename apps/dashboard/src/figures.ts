import { ComponentStatus, stateOf } from "@statuswire/status";
import { Counter, Gauge, type Registry } from "@statuswire/telemetry";
import { type Healths, sinkStateOf } from "@statuswire/store";
import type { Board } from "./board.ts";
import type { Histories } from "./histories.ts";
import { providerSummary } from "./views/provider.ts";

interface Dependencies {
  board: Board;
  histories: Histories;
  healths: Pick<Healths, "of">;
  /** The configured ones. */
  sinks(): readonly { name: string }[];
  registry: Registry;
  watchers(): number;
}

// Neither uptime nor coverage depends on where days begin.
const figureDays = { days: 90, timeZone: "UTC" };

/** The dashboard's own figures for Prometheus: each provider's state, and who is watching. Gives what it is to be told. */
export function createFigures({ board, histories, healths, sinks, registry, watchers }: Dependencies) {
  const registers = [registry];
  new Gauge({
    name: "statuswire_provider_state",
    help: "1 for the state that the provider is in, 0 for the others.",
    labelNames: ["provider", "state"],
    registers,
    async collect() {
      this.reset();
      for (const { id: provider, known } of await board.all()) {
        const current = stateOf(known);
        for (const state of ComponentStatus.options) this.set({ provider, state }, state === current ? 1 : 0);
      }
    },
  });
  new Gauge({
    name: "statuswire_provider_stale",
    help: "1 while the provider's page can't be read and its state is only the last known.",
    labelNames: ["provider"],
    registers,
    async collect() {
      this.reset();
      for (const { id: provider, known } of await board.all()) this.set({ provider }, known.page.stale ? 1 : 0);
    },
  });
  new Gauge({
    name: "statuswire_provider_open_incidents",
    help: "Incidents that the provider has not resolved.",
    labelNames: ["provider"],
    registers,
    async collect() {
      this.reset();
      for (const watched of await board.all())
        this.set({ provider: watched.id }, providerSummary(watched).openIncidents);
    },
  });
  new Gauge({
    name: "statuswire_provider_uptime_ratio",
    help: "Uptime of the last 90 days by what the vendor declares; absent where too little is known.",
    labelNames: ["provider"],
    registers,
    async collect() {
      this.reset();
      for (const watched of await board.all()) {
        const { uptime } = await histories.ofProvider(watched, figureDays);
        if (uptime !== null) this.set({ provider: watched.id }, uptime);
      }
    },
  });
  new Gauge({
    name: "statuswire_provider_coverage_ratio",
    help: "Of the last 90 days, or since it was first read, the share in which the page was being read.",
    labelNames: ["provider"],
    registers,
    async collect() {
      this.reset();
      for (const watched of await board.all())
        this.set({ provider: watched.id }, (await histories.ofProvider(watched, figureDays)).coverage);
    },
  });
  new Gauge({
    name: "statuswire_sink_failing",
    help: "1 while events do not arrive at the sink: it refuses them, fails again and again, or is disabled.",
    labelNames: ["sink"],
    registers,
    async collect() {
      this.reset();
      for (const { name: sink } of sinks())
        this.set({ sink }, sinkStateOf(await healths.of(sink)) === "ok" ? 0 : 1);
    },
  });
  new Gauge({
    name: "statuswire_stream_watchers",
    help: "Open connections to the live stream.",
    registers,
    collect() {
      this.set(watchers());
    },
  });
  return {
    streamsEnded: new Counter({
      name: "statuswire_streams_ended_total",
      help: "Connections to the live stream that are over, by reason.",
      labelNames: ["reason"],
      registers,
    }),
  };
}
