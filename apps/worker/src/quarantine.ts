import { closeQueues } from "@statuswire/queues";
import { redisIsReady, type Running } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";
import { startChores } from "./chores.ts";
import { takeCounted } from "./counted.ts";
import type { Config } from "./config.ts";
import { createContext } from "./context.ts";
import { openQuarantine } from "./jobs.ts";
import { closeWorkers } from "./workers.ts";

/** The quarantine, running: a process that does nothing but what another did not survive, so that it takes nothing with it. */
export async function startQuarantine(config: Config, tell: Tell): Promise<Running> {
  const context = await createContext(config, tell);
  const { redis, queues, sinks, outbound, figures, lags, refresh, now } = context;
  const follow = () => refresh().then(() => undefined);
  // It has no /metrics: who keeps it counts for it.
  async function report(): Promise<void> {
    const counted = await takeCounted(figures);
    if (counted.length && process.connected) process.send?.({ counted });
  }

  const chores = startChores(
    [
      { name: "configuration", everyMs: 2_000, perform: follow },
      { name: "figures", everyMs: 1_000, perform: report },
      { name: "lags", everyMs: 1_000, perform: () => figures.times.lags.flush(lags, now()) },
    ],
    tell,
  );
  const worker = openQuarantine(context);
  return {
    async stop() {
      const isOnline = (await redisIsReady(redis)) === true;
      await Promise.all([closeWorkers([worker], isOnline ? config.graceMs / 2 : 0), chores.stop()]);
      await report();
      if (isOnline) await figures.times.lags.flush(lags, now());
      if (isOnline) await closeQueues(queues);
      await sinks.close();
      outbound.close();
      redis.disconnect();
    },
  };
}
