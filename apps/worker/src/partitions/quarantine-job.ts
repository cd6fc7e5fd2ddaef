import type { Batch, Delivery, Lease, Observation, Poll, Suspect } from "@statuswire/queues";
import { asError, PermanentError } from "@statuswire/status";
import type { Failure } from "./flow.ts";
import { received } from "./quarantine-messages.ts";
import { ProcessDiedError, type QuarantineProcess } from "./quarantine-process.ts";

interface Dependencies {
  quarantine: Pick<QuarantineProcess, "perform">;
  lease: Lease;
  settle(failures: readonly Failure[]): Promise<void>;
  /** A page that takes down the process that asks it is left alone for a while. */
  giveUp(poll: Poll): Promise<unknown>;
}

/** A job that no process survives. The name is that of dead letters before there were partitions. */
class StalledError extends PermanentError {
  override readonly name = "StalledError";

  constructor() {
    super("No process survived it: the one that took it up first, and two more after it.");
  }
}

/**
 * Does jobs that a process did not survive, in a process of their own. A batch is done whole; if the process dies over it, by halves,
 * until those are found that it dies of: these are buried.
 */
export function createQuarantineJob({ quarantine, lease, settle, giveUp }: Dependencies) {
  return async function perform(suspect: Suspect): Promise<string> {
    if ("observations" in suspect) return performBatch(suspect);
    return "sink" in suspect ? performDelivery(suspect) : performPoll(suspect);
  };

  async function performBatch({ observations }: Batch): Promise<string> {
    const failures = await observe(observations);
    await settle(failures);
    return `recorded ${observations.length - failures.length}, failed ${failures.length}`;
  }

  async function observe(observations: readonly Observation[]): Promise<Failure[]> {
    const [only, ...others] = observations;
    if (!only) return [];
    try {
      return await observeTogether(observations);
    } catch (error) {
      if (!(error instanceof ProcessDiedError)) throw error;
    }
    if (!others.length) return observeOnceMore(only);
    const middle = Math.ceil(observations.length / 2);
    const first = await observe(observations.slice(0, middle));
    return [...first, ...(await observe(observations.slice(middle)))];
  }

  async function observeTogether(observations: readonly Observation[]): Promise<Failure[]> {
    const { failures, error } = await quarantine.perform({ v: 1, observations: [...observations] }, lease);
    if (error) throw received(error);
    return failures.flatMap(({ index, error: sent }) => {
      const observation = observations[index];
      return observation ? [{ observation, error: received(sent) }] : [];
    });
  }

  async function observeOnceMore(observation: Observation): Promise<Failure[]> {
    try {
      return await observeTogether([observation]);
    } catch (error) {
      if (!(error instanceof ProcessDiedError)) throw error;
      return [{ observation, error: new StalledError() }];
    }
  }

  async function performPoll(poll: Poll): Promise<string> {
    try {
      const { error } = await quarantine.perform(poll, lease);
      if (error) throw received(error);
      return "asked";
    } catch (error) {
      if (!(error instanceof ProcessDiedError)) throw error;
      await giveUp(poll);
      return "given up";
    }
  }

  async function performDelivery(delivery: Delivery): Promise<string> {
    for (let deaths = 0; deaths < 2; deaths++) {
      try {
        const { error } = await quarantine.perform(delivery, lease);
        if (error) throw received(error);
        return "delivered";
      } catch (error) {
        if (!(error instanceof ProcessDiedError)) throw asError(error);
      }
    }
    throw new StalledError();
  }
}
