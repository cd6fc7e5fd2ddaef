import { type Batch, type Observation } from "@statuswire/queues";

interface Dependencies {
  observe(observation: Observation): Promise<unknown>;
  /** Gives each observation a job of its own, to be tried again, or buried, by itself. */
  addAlone(observations: readonly Observation[]): Promise<void>;
}

/** What a job's own history tells. */
interface Circumstances {
  /** How often a worker has died, or hung, with this job in hand. */
  stalls: number;
}

/**
 * Observes what came in together. One that fails gets a job of its own, so that it costs the others nothing; and a batch that
 * has taken a worker down is taken apart before it is touched again, because one of its members may do so each time.
 */
export function createBatchObserver({ observe, addAlone }: Dependencies) {
  return async function observeBatch({ observations }: Batch, { stalls }: Circumstances): Promise<string> {
    const [only, ...others] = observations;
    if (only && !others.length) {
      await observe(only);
      return "observed";
    }
    if (stalls > 0) {
      await addAlone(observations);
      return `taken apart after a stall: ${observations.length}`;
    }
    const results = await Promise.allSettled(observations.map(observe));
    const failed = observations.filter((_observation, index) => results[index]?.status === "rejected");
    if (failed.length) await addAlone(failed);
    return `observed ${observations.length - failed.length}, apart ${failed.length}`;
  };
}
