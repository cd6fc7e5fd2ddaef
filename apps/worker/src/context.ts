import { type Follower, followConfig } from "@statuswire/config";
import {
  allQueues,
  connect,
  createDeferred,
  leaseFields,
  openQueues,
  readPartitionCount,
} from "@statuswire/queues";
import { watchQueues, watchRedis } from "@statuswire/service";
import { dashboardUrl, type Event, type Routing } from "@statuswire/status";
import {
  createCounters,
  createFifos,
  createDeadlines,
  createHealths,
  createHolds,
  createLags,
  createLedger,
  createLines,
  createLog,
  createNetworks,
  createPasts,
  createPayloads,
  createReadings,
  createStore,
  createTallies,
  createTraces,
  createTurns,
} from "@statuswire/store";
import { createRegistry, dropSeries, type Registry, type Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";
import type { Config } from "./config.ts";
import { createFigures, type Figures, startAtZero } from "./figures.ts";
import { createGate } from "./gate.ts";
import { createHeld } from "./partitions/held.ts";
import { type Renewable, renewable } from "./renewable.ts";
import { openSinks, type Sinks } from "./sinks.ts";
import { watch, type Watched } from "./watched.ts";

export type Context = Awaited<ReturnType<typeof createContext>>;

/** What a worker has before Redis answers: enough to say that it is not ready. Throws ConfigError when statuswire.yaml has mistakes. */
export async function createBasis(config: Config, tell: Tell) {
  const wish = await followConfig(config.env);
  tell("config.loaded", { providers: wish.current().providers.length });
  return { wish, redis: watchRedis(connect(config.redis.url, "worker"), tell), registry: createRegistry() };
}

/** Everything that a worker's parts are made of, built once. Waits for Redis, which says how many partitions there are. */
export async function createContext(config: Config, tell: Tell, basis?: Awaited<ReturnType<typeof createBasis>>) {
  const { retention, deadLetters } = config;
  const { wish, redis, registry } = basis ?? (await createBasis(config, tell));
  const { providers, outbound, sinks: configured } = wish.current();
  const partitionCount = await readPartitionCount(redis);
  const queues = openQueues(redis, partitionCount);
  watchQueues(
    allQueues(queues).map(({ queue }) => queue),
    tell,
  );
  const held = createHeld({ partitionCount, now: () => performance.now() });
  const figures = createFigures(registry);
  const watched = watch(providers);
  const legs = renewable(outbound);
  const now = () => new Date();
  const pageOf = (event: Event) => dashboardUrl(wish.current().publicUrl, event);
  const sinks = openSinks({ redis, now, pageOf, post: legs.post, console: config.console });
  sinks.become(configured);
  startAtZero(figures, namesOf(sinks));
  return {
    tell,
    registry,
    retention,
    deadLetters,
    figures,
    now,
    redis,
    queues,
    held,
    watched,
    outbound: legs,
    ...keptIn(redis, retention),
    deferred: createDeferred(redis),
    /** Writes only what is under a lease of this process. */
    store: createStore(redis, {
      fenceOf(provider) {
        const { partition, token } = held.leaseOf(provider);
        return { field: leaseFields.owner(partition), token };
      },
      conflicted: () => figures.conflicts.inc(),
    }),
    gate: createGate({
      atOnce: Math.ceil(config.concurrency.deliveries * shareOfOne),
      now: () => Date.now(),
      tell,
    }),
    sinks,
    /** What decides where events go, as the configuration in force says. */
    routing: (): Routing => ({ ...wish.current().routing, sinks: sinks.destinations() }),
    /** Puts a changed configuration in force. Whether there was one. */
    refresh: () => refresh(wish, { watched, legs, sinks, registry, figures, tell }),
  };
}

/** All that we keep in Redis, through one connection. */
export function keptIn(redis: Redis, { eventsMs }: Config["retention"]) {
  return {
    store: createStore(redis),
    readings: createReadings(redis),
    deadlines: createDeadlines(redis),
    networks: createNetworks(redis),
    pasts: createPasts(redis),
    payloads: createPayloads(redis),
    lags: createLags(redis),
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

function namesOf(sinks: Sinks): string[] {
  return sinks.destinations().map(({ name }) => name);
}

interface InForce {
  watched: Watched;
  legs: Renewable;
  sinks: Sinks;
  registry: Registry;
  figures: Figures;
  tell: Tell;
}

async function refresh(
  wish: Follower,
  { watched, legs, sinks, registry, figures, tell }: InForce,
): Promise<boolean> {
  try {
    const changed = await wish.refresh();
    if (!changed) return false;
    watched.become(changed.providers);
    legs.renew(changed.outbound);
    sinks.become(changed.sinks);
    const ids = new Set(changed.providers.map(({ id }) => id));
    await dropSeries(registry, { label: "provider", isGone: (id) => !ids.has(id) });
    startAtZero(figures, namesOf(sinks));
    tell("config.loaded", { providers: changed.providers.length });
    return true;
  } catch (error) {
    tell("config.rejected", { error });
    return false;
  }
}
