import { randomUUID } from "node:crypto";
import {
  type Batch,
  buryObservation,
  type DeadLetter,
  type Deferred,
  findDeadLetter,
  graveOf,
  isolate,
  type Lease,
  type Observation,
  type Observations,
  type PartitionQueues,
  type QueueKind,
  type Queues,
  type Resumption,
} from "@statuswire/queues";
import { asError, PermanentError, RetryLaterError } from "@statuswire/status";
import type { Store } from "@statuswire/store";
import type { Tries } from "../processor.ts";

/** An observation that could not be recorded. */
export interface Failure {
  observation: Observation;
  error: Error;
}

interface Dependencies {
  lease: Lease;
  queues: Pick<Queues, "dead-letters">;
  own: PartitionQueues;
  deferred: Deferred;
  store: Pick<Store, "forget">;
  /** Records observations, each provider's in order; resolves with those that failed. Rejects when nothing can be recorded now. */
  observe(observations: readonly Observation[]): Promise<Failure[]>;
  /** Whether a provider belongs to this partition. */
  isOurs(provider: string): boolean;
  /** The queue of whichever partition an observation belongs to. */
  observations: Observations;
  buried(letter: DeadLetter): Promise<void>;
}

/**
 * A partition's observations, in the order in which they were queued. One that can't be recorded now holds up its own provider
 * only: it and what comes after it of that provider wait in a list, and a job of their own goes on with them.
 */
export interface Flow {
  perform(work: Batch | Resumption, tries: Tries): Promise<string>;
  /** Moves what a process did not survive into quarantine; its providers wait for it. */
  isolate(work: Batch | Resumption): Promise<void>;
  /** What failed in quarantine is tried again before what waits for it. */
  settle(failures: readonly Failure[]): Promise<void>;
}

const retryMs = 1000;
const atOnce = 100;

/** Begins with those who wait already. */
export async function createFlow(dependencies: Dependencies): Promise<Flow> {
  const { lease, queues, own, deferred, store, observe, isOurs, observations, buried } = dependencies;
  const { partition } = lease;
  const waiting = await deferred.providers(partition);
  // Whoever deferred them may have died before it queued the job that goes on.
  for (const provider of waiting.keys()) await resume(provider, `lease-${lease.token.split(" ", 1)[0] ?? ""}`, 0);

  async function resume(provider: string, mark: string, delay: number): Promise<void> {
    const data: Resumption = { v: 1, resume: provider };
    const jobId = `resume-${provider}-${mark}`;
    await own.observations.add(provider, data, { jobId, delay, removeOnComplete: true });
  }

  /** By a job of another id than any before: the one in hand ends now, and may have the usual one. */
  function resumeAnew(provider: string, delay: number): Promise<void> {
    return resume(provider, `stalled-${randomUUID()}`, delay);
  }

  async function defer(provider: string, more: { quarantined?: string; observations?: Observation[] }) {
    await deferred.add(lease, { provider, ...more });
    waiting.set(provider, more.quarantined ?? waiting.get(provider) ?? "");
  }

  async function performBatch(batch: Batch): Promise<string> {
    const ours = await forwardOthers(batch.observations);
    for (const [provider, some] of byProvider(ours.filter(({ provider: id }) => waiting.has(id))))
      await defer(provider, { observations: some });
    const ready = ours.filter(({ provider }) => !waiting.has(provider));
    const failures = await observe(ready);
    const later = await buryHopeless(failures, "observations", 1);
    for (const [provider, some] of byProvider(later.map(({ observation }) => observation))) {
      const [first] = later.filter(({ observation }) => observation.provider === provider);
      await defer(provider, { quarantined: "", observations: some });
      await resume(provider, "retry", delayOf(first?.error));
    }
    return `recorded ${ready.length - failures.length}, waiting ${ours.length - ready.length + later.length}`;
  }

  /** Those of another partition go to its queue: the number of partitions was another when they were queued. Gives the rest. */
  async function forwardOthers(some: readonly Observation[]): Promise<Observation[]> {
    const others = some.filter(({ provider }) => !isOurs(provider));
    await Promise.all(others.map((observation) => observations.add(observation)));
    return some.filter(({ provider }) => isOurs(provider));
  }

  async function performResumption({ resume: provider }: Resumption, { left }: Tries): Promise<string> {
    const job = waiting.get(provider);
    if (job === undefined) return "nothing waits";
    if (job && (await isUnfinished(job)))
      throw new RetryLaterError(`${provider} waits for ${job} in quarantine.`, { delayMs: retryMs });
    store.forget((id) => id === provider);
    await defer(provider, { quarantined: "" });
    let recorded = 0;
    for (;;) {
      const some = await deferred.first(partition, provider, atOnce);
      const failures = await observe(some);
      const [first] = failures.filter(({ error }) => !(error instanceof PermanentError));
      const done = first ? some.indexOf(first.observation) : some.length;
      const hopeless = failures.filter(({ observation }) => some.indexOf(observation) < done);
      await buryHopeless(hopeless, "observations", 1);
      recorded += done - hopeless.length;
      const remaining = await deferred.drop(lease, provider, done);
      if (first) await tryAgain(first, { provider, left, hasProgressed: done > 0 });
      else if (!remaining) {
        waiting.delete(provider);
        return `recorded ${recorded}`;
      }
    }
  }

  /** Throws, to be tried again later; after the last try the observation is buried, and those behind it go on. */
  async function tryAgain(
    { observation, error }: Failure,
    { provider, left, hasProgressed }: { provider: string; left: number; hasProgressed: boolean },
  ): Promise<void> {
    if (error instanceof RetryLaterError) throw error;
    if (hasProgressed)
      throw new RetryLaterError(`${provider} is tried again: ${error.message}`, { delayMs: retryMs });
    if (left > 0) throw error;
    await buried(await buryObservation(queues, "observations", { observation, error, attempts: maxAttempts }));
    await deferred.drop(lease, provider, 1);
  }

  async function isUnfinished(job: string): Promise<boolean> {
    return !["completed", "failed", "unknown"].includes(await own.quarantine.getJobState(job));
  }

  /** Those that a later try may help. */
  async function buryHopeless(
    failures: readonly Failure[],
    queue: QueueKind,
    attempts: number,
  ): Promise<Failure[]> {
    for (const { observation, error } of failures) {
      if (!(error instanceof PermanentError)) continue;
      // A process that dies right after it has buried an observation has it come to quarantine, where it fails once more.
      const grave = await findDeadLetter(queues, graveOf({ queue: "observations", jobId: observation.id }));
      await buried(grave?.letter ?? (await buryObservation(queues, queue, { observation, error, attempts })));
    }
    return failures.filter(({ error }) => !(error instanceof PermanentError));
  }

  async function isolateAll(some: readonly Observation[]): Promise<void> {
    if (!some.length) return;
    const id = (await isolate(queues, own, { v: 1, observations: [...some] })) ?? "";
    for (const [provider] of byProvider(some)) {
      await defer(provider, { quarantined: id });
      await resumeAnew(provider, id ? retryMs : 0);
    }
  }

  return {
    perform: (work, tries) => ("resume" in work ? performResumption(work, tries) : performBatch(work)),
    async isolate(work) {
      if ("resume" in work) {
        const some = await deferred.first(partition, work.resume, atOnce);
        if (some.length) await isolateAll(some);
        else await resumeAnew(work.resume, retryMs);
        await deferred.drop(lease, work.resume, some.length);
        return;
      }
      const ours = await forwardOthers(work.observations);
      const ready = ours.filter(({ provider }) => !waiting.has(provider));
      for (const [provider, some] of byProvider(ours.filter((one) => !ready.includes(one))))
        await defer(provider, { observations: some });
      await isolateAll(ready);
    },
    async settle(failures) {
      const later = await buryHopeless(failures, "quarantine", 1);
      for (const [provider, some] of byProvider(later.map(({ observation }) => observation)))
        await deferred.add(lease, { provider, observations: some, isFirst: true });
    },
  };
}

const maxAttempts = 5;

function delayOf(error: Error | undefined): number {
  return error instanceof RetryLaterError ? error.delayMs : retryMs;
}

function byProvider(observations: readonly Observation[]): Map<string, Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    const group = groups.get(observation.provider);
    if (group) group.push(observation);
    else groups.set(observation.provider, [observation]);
  }
  return groups;
}

/**
 * Records observations: providers side by side, each provider's in order. Once one can't be recorded now, those of its provider behind
 * it fail with it, whatever became of them: they are tried again in order. Resolves with those that failed, in order.
 */
export function createObserveAll(observe: (observation: Observation) => Promise<unknown>) {
  return async function observeAll(observations: readonly Observation[]): Promise<Failure[]> {
    const groups = [...byProvider(observations).values()];
    const failures = (await Promise.all(groups.map(observeOfOne))).flat();
    const places = new Map(observations.map((observation, index) => [observation, index]));
    return failures.toSorted(
      (one, other) => (places.get(one.observation) ?? 0) - (places.get(other.observation) ?? 0),
    );
  };

  async function observeOfOne(observations: readonly Observation[]): Promise<Failure[]> {
    // What must first ask the page would be overtaken by what need not.
    const isSlow = observations.some(({ isHint }) => isHint);
    const errors = isSlow ? await inTurn(observations) : await together(observations);
    const first = errors.findIndex((error) => error && !(error instanceof PermanentError));
    return observations.flatMap((observation, index) => {
      const error = errors[index] ?? (first >= 0 && index > first ? errors[first] : undefined);
      return error ? [{ observation, error }] : [];
    });
  }

  // The steps of one provider that are begun in order are taken in order, in one write.
  async function together(observations: readonly Observation[]): Promise<(Error | undefined)[]> {
    const results = await Promise.allSettled(observations.map(observe));
    return results.map((result) => (result.status === "rejected" ? asError(result.reason) : undefined));
  }

  async function inTurn(observations: readonly Observation[]): Promise<(Error | undefined)[]> {
    const errors: (Error | undefined)[] = [];
    for (const observation of observations) {
      const error = await observe(observation).then(() => undefined, asError);
      errors.push(error);
      if (error && !(error instanceof PermanentError)) break;
    }
    return errors;
  }
}
