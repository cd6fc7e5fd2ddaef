import { loadConfig } from "@statuswire/config";
import { closeQueues, connect, openQueues } from "@statuswire/queues";
import { listen, redisIsReady, type Service, watchRedis } from "@statuswire/service";
import { createLog, createStore } from "@statuswire/store";
import { createRegistry, type Tell } from "@statuswire/telemetry";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";

/** The dashboard, running. */
export async function startDashboard({ redis: { url }, http, env }: Config, tell: Tell): Promise<Service> {
  const { config } = await loadConfig({ env });
  const redis = watchRedis(connect(url, "reader"), tell);
  const queues = openQueues(redis);
  for (const queue of Object.values(queues)) queue.on("error", (error) => tell("queue.troubled", { error }));
  const app = createApp({
    store: createStore(redis),
    log: createLog(redis),
    queues,
    providers: config.providers,
    ready: () => redisIsReady(redis),
    registry: createRegistry(),
    tell,
  });
  const listening = await listen(app, { ...http, variable: "DASHBOARD_PORT" });
  return {
    url: listening.url,
    async stop() {
      await listening.close();
      await closeQueues(queues);
      redis.disconnect();
    },
  };
}
