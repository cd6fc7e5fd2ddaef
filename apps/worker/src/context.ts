import { type Follower, followConfig } from "@statuswire/config";
import { connect, openQueues } from "@statuswire/queues";
import { watchQueues, watchRedis } from "@statuswire/service";
import type { Routing } from "@statuswire/status";
import {
  createCounters,
  createFifos,
  createHealths,
  createHolds,
  createLedger,
  createLines,
  createLog,
  createPasts,
  createPayloads,
  createReadings,
  createStore,
  createTallies,
  createTraces,
  createTurns,
} from "@statuswire/store";
import { createRegistry, type Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";
import type { Config } from "./config.ts";
import { createFigures } from "./figures.ts";
import { createGate } from "./gate.ts";
import { type Renewable, renewable } from "./renewable.ts";
import { openSinks, type Sinks } from "./sinks.ts";
import { watch, type Watched } from "./watched.ts";

export type Context = Awaited<ReturnType<typeof createContext>>;

/** Everything that a worker's parts are made of, built once. Throws ConfigError when statuswire.yaml has mistakes. */
export async function createContext(config: Config, tell: Tell) {
  const { retention, deadLetters, env } = config;
  const wish = await followConfig(env);
  const { providers, outbound, sinks: configured } = wish.current();
  tell("config.loaded", { providers: providers.length });

  const redis = watchRedis(connect(config.redis.url, "worker"), tell);
  const queues = openQueues(redis);
  watchQueues(Object.values(queues), tell);
  const watched = watch(providers);
  const legs = renewable(outbound);
  const now = () => new Date();
  const sinks = openSinks({ redis, now, post: legs.post, console: config.console });
  sinks.become(configured);
  const registry = createRegistry();
  return {
    tell,
    registry,
    retention,
    deadLetters,
    figures: createFigures(registry),
    now,
    redis,
    queues,
    watched,
    outbound: legs,
    ...keptIn(redis, retention),
    gate: createGate({
      atOnce: Math.ceil(config.concurrency.deliveries * shareOfOne),
      now: () => Date.now(),
      tell,
    }),
    sinks,
    /** What decides where events go, as the configuration in force says. */
    routing: (): Routing => ({ ...wish.current().routing, sinks: sinks.destinations() }),
    /** Puts a changed configuration in force. Whether there was one. */
    refresh: () => refresh(wish, { watched, legs, sinks, tell }),
  };
}

/** All that we keep in Redis, through one connection. */
export function keptIn(redis: Redis, { eventsMs }: Config["retention"]) {
  return {
    store: createStore(redis),
    readings: createReadings(redis),
    pasts: createPasts(redis),
    payloads: createPayloads(redis),
    ledger: createLedger(redis),
    log: createLog(redis),
    turns: createTurns(redis),
    holds: createHolds(redis),
    lines: createLines(redis),
    fifos: createFifos(redis),
    healths: createHealths(redis),
    counters: createCounters(redis),
    tallies: createTallies(redis),
    traces: createTraces(redis, { keepMs: eventsMs }),
  };
}

/** Of the deliveries at once, how many may be to one sink: two that hang leave room for the others. */
const shareOfOne = 0.4;

interface InForce {
  watched: Watched;
  legs: Renewable;
  sinks: Sinks;
  tell: Tell;
}

async function refresh(wish: Follower, { watched, legs, sinks, tell }: InForce): Promise<boolean> {
  try {
    const changed = await wish.refresh();
    if (!changed) return false;
    watched.become(changed.providers);
    legs.renew(changed.outbound);
    sinks.become(changed.sinks);
    tell("config.loaded", { providers: changed.providers.length });
    return true;
  } catch (error) {
    tell("config.rejected", { error });
    return false;
  }
}
