import { type Config as Wish, type Follower, followConfig } from "@statuswire/config";
import { createOutbound, type Outbound } from "@statuswire/outbound";
import { connect, openQueues } from "@statuswire/queues";
import { watchRedis } from "@statuswire/service";
import { consoleSink, type Sink } from "@statuswire/sinks";
import { createLedger, createLog, createReadings, createStore } from "@statuswire/store";
import { createRegistry, type Tell } from "@statuswire/telemetry";
import type { Config } from "./config.ts";
import { createFigures } from "./figures.ts";
import { watch, type Watched } from "./watched.ts";

export type Context = Awaited<ReturnType<typeof createContext>>;

/** Everything that a worker's parts are made of, built once. Throws ConfigError when statuswire.yaml has mistakes. */
export async function createContext({ redis: { url }, console, retention, env }: Config, tell: Tell) {
  const wish = await followConfig(env);
  const { providers, outbound } = wish.current();
  tell("config.loaded", { providers: providers.length });

  const redis = watchRedis(connect(url, "worker"), tell);
  const queues = openQueues(redis);
  for (const queue of Object.values(queues)) queue.on("error", (error) => tell("queue.troubled", { error }));
  const watched = watch(providers);
  const legs = renewable(outbound);
  const registry = createRegistry();
  return {
    tell,
    registry,
    retention,
    figures: createFigures(registry),
    now: () => new Date(),
    redis,
    queues,
    watched,
    outbound: legs,
    store: createStore(redis),
    readings: createReadings(redis),
    ledger: createLedger(redis),
    log: createLog(redis),
    sinks: new Map<string, Sink>([
      ["console", consoleSink({ ...console, write: (text) => process.stdout.write(text) })],
    ]),
    /** Puts a changed configuration in force. Whether there was one. */
    refresh: () => refresh(wish, { watched, legs, tell }),
  };
}

interface Renewable extends Pick<Outbound, "fetchPage" | "close"> {
  renew(options: Wish["outbound"]): void;
}

// Requests under way end on the old connections.
function renewable(options: Wish["outbound"]): Renewable {
  let current = createOutbound(options);
  return {
    fetchPage: (...request) => current.fetchPage(...request),
    close: () => current.close(),
    renew(changed) {
      current = createOutbound(changed);
    },
  };
}

interface InForce {
  watched: Watched;
  legs: Renewable;
  tell: Tell;
}

async function refresh(wish: Follower, { watched, legs, tell }: InForce): Promise<boolean> {
  try {
    const changed = await wish.refresh();
    if (!changed) return false;
    watched.become(changed.providers);
    legs.renew(changed.outbound);
    tell("config.loaded", { providers: changed.providers.length });
    return true;
  } catch (error) {
    tell("config.rejected", { error });
    return false;
  }
}
