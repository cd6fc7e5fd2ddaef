import { followConfig } from "@statuswire/config";
import {
  allQueues,
  closeQueues,
  connect,
  openQueues,
  readPartitionCount,
  usualPartitionCount,
} from "@statuswire/queues";
import {
  createBuckets,
  listen,
  redisIsReady,
  type Service,
  usualLimits,
  watchQueues,
  watchRedis,
} from "@statuswire/service";
import { consoleName } from "@statuswire/status";
import {
  createHealths,
  createLags,
  createLedger,
  createLog,
  createNetworks,
  createPasts,
  createPayloads,
  createReadings,
  createStore,
  createTallies,
  createTraces,
} from "@statuswire/store";
import { createRegistry, type Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";
import { fileURLToPath } from "node:url";
import { deriveCredentials } from "./access/credentials.ts";
import { createEnded } from "./access/ended.ts";
import { createRecognition } from "./access/visitors.ts";
import { createApp } from "./app.ts";
import { readAssets } from "./assets.ts";
import { createBoard } from "./board.ts";
import { createComponentFigures } from "./component-figures.ts";
import type { Config } from "./config.ts";
import { createFigures } from "./figures.ts";
import { createHistories } from "./histories.ts";
import { createLagMetrics } from "./lag-metrics.ts";
import { createLagStatistics } from "./lag-statistics.ts";
import { stream as createStream, type StreamLimits, usualStreamLimits } from "./routes/stream.ts";
import { followLog } from "./stream/live.ts";
import { createSystemMetrics } from "./system-metrics.ts";
import { keepUpWith, type Wish } from "./wish.ts";

/** Where `vite build` puts the page; the same from src and from dist. */
const folder = fileURLToPath(new URL("../dist/web", import.meta.url));

/** The dashboard, running. */
export async function startDashboard(config: Config, tell: Tell): Promise<Service> {
  const { http, access, env } = config;
  const wish = keepUpWith({ follower: await followConfig(env), env, tell });
  const redis = watchRedis(connect(config.redis.url, "reader"), tell);
  const blocking = watchRedis(connect(config.redis.url, "worker"), tell);
  const streamLimits = { ...usualStreamLimits, ...config.streams };
  const window = await openWindow({ redis, blocking, tell, access, wish, streamLimits });
  // What streams take is not missing where pages are asked for.
  const limits = { ...usualLimits, connections: usualLimits.connections + streamLimits.most };
  const listening = await listen(window.app, { ...http, limits, variable: "DASHBOARD_PORT" });
  return {
    url: listening.url,
    async stop() {
      window.closeStreams();
      await listening.close();
      await window.close();
      redis.disconnect();
      wish.stop();
    },
  };
}

interface Connections extends Pick<Config, "access"> {
  redis: Redis;
  /** For reading that waits; ended with the window. */
  blocking: Redis;
  wish: Omit<Wish, "stop">;
  streamLimits?: StreamLimits;
  tell: Tell;
}

/** The application on its connections, and what has to be closed with it. */
export async function openWindow({ redis, blocking, tell, access, wish, streamLimits }: Connections) {
  // Without Redis the usual number is as good as any: there is nothing to show.
  const queues = openQueues(redis, await readPartitionCount(redis).catch(() => usualPartitionCount));
  watchQueues(
    allQueues(queues).map(({ queue }) => queue),
    tell,
  );
  const log = createLog(redis);
  const readings = createReadings(redis);
  const board = createBoard({
    store: createStore(redis),
    readings,
    networks: createNetworks(redis),
    providers: () => wish.current().providers,
    now: Date.now,
  });
  const histories = createHistories({ pasts: createPasts(redis), readings, now: Date.now });
  const live = followLog({ log, redis: blocking, tell });
  // Heard before any watcher hears of it, so that who asks on hearing is answered with it.
  live.listen((events) => {
    for (const { provider } of events) for (const memory of [board, histories]) memory.forget(provider);
  });
  const ended = createEnded(redis);
  const credentials = await deriveCredentials(access.secrets);
  const recognize = createRecognition({ credentials, ended, now: Date.now });
  const registry = createRegistry();
  createComponentFigures({ board, registry });
  const healths = createHealths(redis);
  const sinks = () => new Set([consoleName, ...wish.current().sinks.map(({ name }) => name)]);
  createSystemMetrics({ redis, queues, healths, sinks, registry, now: Date.now });
  const lags = createLagStatistics({ lags: createLags(redis), now: Date.now });
  const providers = () => wish.current().providers.map(({ id }) => id);
  createLagMetrics({ lags, registry, sinks, providers, now: Date.now });
  const figures = createFigures({
    ...{ board, histories, healths, registry },
    sinks: () => wish.current().sinks,
    watchers: () => stream.watchers(),
  });
  const stream = createStream({
    ...{ live, log, recognize, tell, limits: streamLimits ?? usualStreamLimits },
    ended: (reason) => figures.streamsEnded.inc({ reason }),
  });
  wish.onChange(stream.configChanged);
  const assets = await readAssets(folder);
  const publicUrl = () => wish.current().publicUrl;
  const hosts = () => [...access.hosts, ...hostsIn(publicUrl())];
  return {
    app: createApp({
      ...{
        wish,
        board,
        histories,
        lags,
        log,
        readings,
        healths,
        queues,
        redis,
        stream,
        folder,
        assets,
        registry,
        tell,
      },
      payloads: createPayloads(redis),
      traces: createTraces(redis),
      ledger: createLedger(redis),
      tallies: createTallies(redis),
      now: Date.now,
      ready: () => redisIsReady(redis),
      isReady: () => redis.status === "ready" && live.isFollowing(),
      publicUrl,
      access: { ...access, hosts, credentials, recognize, ended, take: createBuckets(redis) },
    }),
    closeStreams: stream.close,
    async close() {
      live.stop();
      await closeQueues(queues);
    },
  };
}

// As DASHBOARD_HOSTS has them: an address needs no naming.
function hostsIn(publicUrl: string | undefined): string[] {
  return publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
}
