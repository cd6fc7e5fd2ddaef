import { type Config, defaultConfig, followConfig, type Follower, type Provider } from "@statuswire/config";
import { connect, type DeadLetter, openQueues, type Queues, allQueues, closeQueues } from "@statuswire/queues";
import { listen } from "@statuswire/service";
import {
  compare,
  type Component,
  type Event,
  type Incident,
  type Maintenance,
  type Snapshot,
} from "@statuswire/status";
import { createPasts, createReadings, createStore } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { openWindow } from "../src/service.ts";
import { keepUpWith } from "../src/wish.ts";

export interface OpenWindow {
  url: string;
  queues: Queues;
  /** Lets a provider's page say something; gives the events that this made. */
  tell(provider: string, said: Said): Promise<Event[]>;
  /** Notes a poll that found nothing new, and before it, if so given, a gap from the epoch second `from` on. */
  polled(provider: string, at: string, gap?: { from: number; until: number }): Promise<void>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  json(path: string): Promise<unknown>;
  /** The names of what was logged, oldest first. */
  told: readonly string[];
  /** Ends every open stream, as a proxy that loses its way would. */
  cut(): void;
  close(): Promise<void>;
}

interface Said {
  at: string;
  components?: Component[];
  incidents?: Incident[];
  maintenances?: Maintenance[];
}

/** The real dashboard on a real Redis, and a hand that writes what a worker would. Open to all, unless `env` says otherwise. */
export async function openTestWindow(
  server: FreshRedis,
  ids: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  sinks: Config["sinks"] = [],
): Promise<OpenWindow> {
  const redis = server.connect();
  await redis.flushall();
  const queues = openQueues(redis);
  for (const { queue } of allQueues(queues)) queue.on("error", () => undefined);
  const store = createStore(redis);
  // What to watch stands in a file when `env` names one.
  const follower = env["STATUSWIRE_CONFIG"]
    ? await followConfig(env)
    : fixed(ids.map(providerOf), { sinks, publicUrl: env["PUBLIC_URL"] });
  const told: string[] = [];
  const tell: Tell = (happening) => void told.push(happening);
  const wish = keepUpWith({ follower, env, tell });
  const blocking = connect(server.path, "worker").on("error", () => undefined);
  const window = await openWindow({
    ...{ redis: server.connect(), blocking, tell, access: readConfig(env).access, wish },
  });
  const listening = await listen(window.app, { host: "127.0.0.1", port: 0, variable: "DASHBOARD_PORT" });
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${listening.url}${path}`, { headers });
  await waitUntil("the window to have found its Redis", async () => (await get("/none")).status !== 503);
  return {
    url: listening.url,
    queues,
    told,
    get,
    cut: window.closeStreams,
    json: async (path) => (await get(path)).json(),
    async tell(provider, said) {
      const how = { via: "poll", at: said.at } as const;
      const step = (known: Parameters<typeof compare>[0]) =>
        compare(known, snapshotOf(said), { at: said.at, name: provider });
      return (await store.transition(provider, step, how)).events;
    },
    async polled(provider, at, gap) {
      if (gap) await createPasts(redis).missed(provider, gap);
      await createReadings(redis).note(provider, { polledAt: at, outcome: "unchanged" });
    },
    async close() {
      wish.stop();
      window.closeStreams();
      await listening.close();
      await window.close();
      await closeQueues(queues);
    },
  };
}

function snapshotOf({ components = [], incidents = [], maintenances = [] }: Said): Snapshot {
  const coverage = { components: "full", incidents: "full", maintenances: "full" } as const;
  return { page: {}, coverage, components, incidents, maintenances };
}

function fixed(providers: readonly Provider[], rest: Pick<Config, "sinks" | "publicUrl">): Follower {
  const config = { ...defaultConfig, providers, ...rest };
  return { current: () => config, rejected: () => undefined, refresh: () => Promise.resolve(undefined) };
}

function providerOf(id: string): Provider {
  const page = `https://status.${id}.test`;
  return {
    id,
    name: id.toUpperCase(),
    page,
    format: "statuspage",
    guessed: false,
    everySeconds: 60,
    selections: {},
    tags: [],
  };
}

/** A delivery that was given up. */
export function deadLetter({ sink = "slack", seq = "1-0", error = "PermanentError" } = {}): DeadLetter {
  const at = "2025-11-03T14:32:00.000Z";
  return {
    ...{
      v: 1,
      queue: "deliveries",
      jobId: `delivery-${seq}-${sink}`,
      name: `${sink}: acme`,
      attempts: 5,
      stalls: 0,
    },
    data: { v: 1, eventId: "evt_1", seq, sink },
    ...{ error, reason: "The sink said no.", createdAt: at, failedAt: at },
  };
}

/** A component in a state. */
export function component(name: string, status: Component["status"], at: string): Component {
  return { id: name.toLowerCase(), name, status, updatedAt: at };
}

/** An incident with one update. */
export function incident(id: string, at: string, differences: Partial<Incident> = {}): Incident {
  const said = { id: `${id}-1`, status: "investigating", body: "We are looking into it.", at };
  const fields = { title: `Trouble ${id}`, status: "investigating", impact: "major" } as const;
  return { id, ...fields, startedAt: at, updatedAt: at, components: [], updates: [said], ...differences };
}
