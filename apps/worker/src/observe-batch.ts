import { type Batch, type Observation } from "@statuswire/queues";

interface Dependencies {
  observe(observation: Observation): Promise<unknown>;
  /** Gives each observation a job of its own, to be tried again, or buried, by itself. */
  addAlone(observations: readonly Observation[]): Promise<void>;
}

/** Observes what came in together. One that fails gets a job of its own, so that it costs the others nothing. */
export function createBatchObserver({ observe, addAlone }: Dependencies) {
  return async function observeBatch({ observations }: Batch): Promise<string> {
    const [only, ...others] = observations;
    if (only && !others.length) {
      await observe(only);
      return "observed";
    }
    const results = await Promise.allSettled(observations.map(observe));
    const failed = observations.filter((_observation, index) => results[index]?.status === "rejected");
    if (failed.length) await addAlone(failed);
    return `observed ${observations.length - failed.length}, apart ${failed.length}`;
  };
}
