import { closeQueues, connect, groupCommit, openQueues } from "@statuswire/queues";
import { listen, redisIsReady, type Service, watchRedis } from "@statuswire/service";
import { createRegistry, type Tell } from "@statuswire/telemetry";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";

/** Ingest, running. It starts without Redis and answers 503 until there is one. */
export async function startIngest({ redis: { url }, http, limits }: Config, tell: Tell): Promise<Service> {
  const redis = watchRedis(connect(url, "producer"), tell);
  const queues = openQueues(redis);
  for (const queue of Object.values(queues)) queue.on("error", (error) => tell("queue.troubled", { error }));
  const app = createApp({
    // A sender that waits longer than a second or two gives up.
    observations: groupCommit(queues.observations, { answerWithinMs: 900 }),
    ready: () => redisIsReady(redis),
    registry: createRegistry(),
    tell,
    limits,
    now: () => new Date(),
  });
  const listening = await listen(app, { ...http, variable: "INGEST_PORT" });
  return {
    url: listening.url,
    async stop() {
      await listening.close();
      await closeQueues(queues);
      redis.disconnect();
    },
  };
}
