import { closeQueues, type Suspect } from "@statuswire/queues";
import { redisIsReady, type Running } from "@statuswire/service";
import { asError } from "@statuswire/status";
import type { Tell } from "@statuswire/telemetry";
import { startChores } from "./chores.ts";
import { takeCounted } from "./counted.ts";
import type { Config } from "./config.ts";
import { createContext } from "./context.ts";
import { type Answer, type FromChild, Question, sent } from "./partitions/quarantine-messages.ts";
import { createWork, type Work } from "./work.ts";

/** The quarantine's process, running: it does what its worker sends it, one job at a time, so that it takes nothing else with it. */
export async function startQuarantine(config: Config, tell: Tell): Promise<Running> {
  const context = await createContext(config, tell);
  const { redis, queues, sinks, outbound, figures, lags, held, store, now } = context;
  const follow = () => context.refresh().then(() => undefined);
  // It has no /metrics: its worker counts for it.
  async function report(): Promise<void> {
    const counted = await takeCounted(figures);
    if (counted.length) say({ counted });
  }

  const perform = createPerform(createWork(context, undefined));
  // Its worker holds the leases, and sends along the one that a job needs; Redis knows whether it is still good.
  held.confirmed(Number.POSITIVE_INFINITY);
  process.on("message", (message) => {
    const { number, suspect, lease } = Question.parse(message);
    if (lease) held.put(lease);
    store.forget(() => true);
    void perform(suspect).then((answer) => say({ number, ...answer }));
  });

  const chores = startChores(
    [
      { name: "configuration", everyMs: 2_000, perform: follow },
      { name: "figures", everyMs: 1_000, perform: report },
      { name: "lags", everyMs: 1_000, perform: () => figures.times.lags.flush(lags, now()) },
    ],
    tell,
  );
  return {
    async stop() {
      const isOnline = (await redisIsReady(redis)) === true;
      await chores.stop();
      await report();
      if (isOnline) await figures.times.lags.flush(lags, now());
      if (isOnline) await closeQueues(queues);
      await sinks.close();
      outbound.close();
      redis.disconnect();
    },
  };
}

function say(message: FromChild): void {
  // To a worker that has just gone, nothing can be said.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

function createPerform(work: Work) {
  return async function perform(suspect: Suspect): Promise<Omit<Answer, "number">> {
    try {
      if ("observations" in suspect) return { failures: await observe(suspect.observations) };
      await ("sink" in suspect ? work.deliver(suspect) : work.poll(suspect, {}));
      return { failures: [] };
    } catch (error) {
      return { failures: [], error: sent(asError(error)) };
    }
  };

  async function observe(observations: Parameters<Work["observe"]>[0]): Promise<Answer["failures"]> {
    const failures = await work.observe(observations);
    return failures.map(({ observation, error }) => ({
      index: observations.indexOf(observation),
      error: sent(error),
    }));
  }
}
