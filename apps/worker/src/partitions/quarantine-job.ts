import type { Batch, Delivery, Lease, Observation, Poll, Suspect } from "@statuswire/queues";
import { asError, PermanentError } from "@statuswire/status";
import type { Failure } from "./flow.ts";
import { type Answer, received } from "./quarantine-messages.ts";
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
 * Does jobs that a process did not survive, in a process of their own. A batch is done whole. If the process ends over one of its
 * observations, that is tried once more, alone; if the process ends again, it is given up, and those behind it go on.
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
    const failures: Failure[] = [];
    for (let left = observations; left.length > 0;) {
      const ended = await observeTogether(left);
      failures.push(...ended.failures);
      const suspect = ended.diedAt === undefined ? undefined : left[ended.diedAt];
      if (!suspect) break;
      failures.push(...(await observeAlone(suspect)));
      left = left.slice(left.indexOf(suspect) + 1);
    }
    return failures;
  }

  /** The failures, and the place of the observation over which the process ended, if it did. */
  async function observeTogether(some: readonly Observation[]): Promise<{ failures: Failure[]; diedAt?: number }> {
    try {
      const { failures, error } = await quarantine.perform({ v: 1, observations: [...some] }, lease);
      if (error) throw received(error);
      return { failures: failuresOf(some, failures) };
    } catch (error) {
      if (!(error instanceof ProcessDiedError)) throw error;
      const { began = 0, failures = [] } = error.progress ?? {};
      return { failures: failuresOf(some, failures), diedAt: began };
    }
  }

  async function observeAlone(observation: Observation): Promise<Failure[]> {
    const { failures, diedAt } = await observeTogether([observation]);
    return diedAt === undefined ? failures : [{ observation, error: new StalledError() }];
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

function failuresOf(observations: readonly Observation[], failures: Answer["failures"]): Failure[] {
  return failures.flatMap(({ index, error }) => {
    const observation = observations[index];
    return observation ? [{ observation, error: received(error) }] : [];
  });
}
