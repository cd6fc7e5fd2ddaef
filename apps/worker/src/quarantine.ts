import { closeQueues, type Observation, type Suspect } from "@statuswire/queues";
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
    void perform(suspect, (progress) => say({ number, ...progress })).then((answer) => say({ number, ...answer }));
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

type Failures = Answer["failures"];

function createPerform(work: Work) {
  return async function perform(
    suspect: Suspect,
    tell: (progress: { began: number; failures: Failures }) => void,
  ): Promise<Omit<Answer, "number">> {
    try {
      if ("observations" in suspect) return { failures: await observeInTurn(suspect.observations, tell) };
      await ("sink" in suspect ? work.deliver(suspect) : work.poll(suspect, {}));
      return { failures: [] };
    } catch (error) {
      return { failures: [], error: sent(asError(error)) };
    }
  };

  /** One after another, each announced: whoever finds this process dead knows over which. */
  async function observeInTurn(
    observations: readonly Observation[],
    tell: (progress: { began: number; failures: Failures }) => void,
  ): Promise<Failures> {
    const failures: Failures = [];
    const waiting = new Map<string, Failures[number]["error"]>();
    for (const [index, observation] of observations.entries()) {
      const reason = waiting.get(observation.provider);
      if (reason) {
        failures.push({ index, error: reason });
        continue;
      }
      tell({ began: index, failures });
      const [failure] = await work.observe([observation]);
      if (!failure) continue;
      const error = sent(failure.error);
      failures.push({ index, error });
      if (!error.isPermanent) waiting.set(observation.provider, error);
    }
    return failures;
  }
}
