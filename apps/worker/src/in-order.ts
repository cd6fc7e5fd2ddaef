import { type Delivery, deliveryId } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import {
  type Event,
  isNewer,
  NewerVersionError,
  PermanentError,
  phaseOf,
  RetryLaterError,
  subjectOf,
} from "@statuswire/status";
import type { Claim, Queued, Fifo, Fifos, Ledger, Log, Told, Turns } from "@statuswire/store";
import type { Job, Queue } from "bullmq";
import { noteRefusal, refusalIn } from "./refusal.ts";
import type { Telling } from "./try.ts";

interface Dependencies {
  fifos: Fifos;
  queues: {
    deliveries: Pick<Queue, "getJob">;
    of(job: string): { quarantine: Pick<Queue, "getJob"> };
  };
  log: Log;
  ledger: Ledger;
  turns: Pick<Turns, "told" | "note">;
  /** Asks the sink, unless the lock is lost or the gate is closed; `trying` is called once it is asked. */
  attempt(telling: Telling, how: { hold: Pick<Fifo, "isHeld">; trying: () => void }): Promise<void>;
  /** Notes that a sink was told of the event at a place. */
  noteTold(seq: string, of: { entry: string; sink: string }): Promise<void>;
  /** What became of a delivery that was made for another job. */
  conclude(about: { event: Event; sink: string }, outcome: InOrder): Promise<unknown>;
  /** Whether a job delivers its own event only, because it is suspected of what the process before it died of. */
  isAlone: boolean;
}

type InOrder = "delivered" | "already" | "not_needed";

interface Delivered {
  outcome: InOrder;
  event: Event | undefined;
}

/** A sink by its name. */
interface Addressee {
  name: string;
  sink: Sink;
}

/** So long a job goes on with the events after its own. */
const goOnMs = 2000;
const soonMs = 250;

/**
 * Delivers to a sink that gets every event: those of one provider one after another, in the order of the log. Whoever holds the FIFO's
 * lock delivers from its head until nothing is left. An event that fails is tried again by its own job, and those after it wait.
 */
export function createInOrder(dependencies: Dependencies) {
  const { fifos, queues, log, ledger, turns, attempt, conclude, noteTold, isAlone } = dependencies;
  const providerOf = createProviderOf(log);

  return {
    async deliver(delivery: Delivery, { event, sink }: { event: Event; sink: Sink }): Promise<InOrder> {
      const fifo = fifos.open(delivery.sink, event.provider);
      const place: Place = { fifo, to: { name: delivery.sink, sink }, provider: event.provider, isResting: false };
      const own = queuedAs(delivery);
      try {
        const outcome = await reach(own, place);
        // The job is done, whatever becomes of the next ones.
        if (!isAlone) await goOn(place).catch(() => undefined);
        return outcome;
      } finally {
        if ((await fifo.release()) && !place.isResting) await wakeHead(fifo, own).catch(() => undefined);
      }
    },
    async leave(delivery: Delivery, { provider }: Event): Promise<void> {
      const fifo = fifos.open(delivery.sink, provider);
      const own = queuedAs(delivery);
      await fifo.leave(own);
      // Whoever died over the next one was delivering it for another job.
      await wakeHead(fifo, own);
    },
  };

  interface Place {
    fifo: Fifo;
    to: Addressee;
    provider: string;
    /** Whether the sink has asked for time, or gets it: nobody is to come at once. */
    isResting: boolean;
  }

  /** Delivers what comes before a job's own event, and that. */
  async function reach(own: Queued, place: Place): Promise<InOrder> {
    const { fifo, to } = place;
    for (const until = Date.now() + goOnMs; ;) {
      const claim = await claimFrom(place, own);
      if (claim.kind === "busy") throw later(to, patienceAt(claim.position));
      if (claim.kind === "empty") throw later(to, soonMs);
      if (claim.kind === "tried") {
        if (await isQueued(claim.head)) throw later(to, patienceAt(claim.position));
        await fifo.leave(claim.head);
      } else if (claim.head.job === own.job) return deliverOwn(own, claim, place);
      else {
        if (isAlone) await fifo.giveBack(claim.head);
        if (isAlone || Date.now() > until) throw later(to, soonMs);
        await deliverForAnother(claim.head, place).catch((error: unknown) => {
          throw later(to, error instanceof RetryLaterError ? error.delayMs : soonMs);
        });
      }
    }
  }

  async function deliverOwn(own: Queued, { isNew }: { isNew: boolean }, place: Place): Promise<InOrder> {
    try {
      // Another may have delivered it, and been refused, while this job was being taken up.
      const refusal = isNew ? refusalIn((await unfinished(own))?.progress) : undefined;
      if (refusal) throw refusal;
      return (await deliverHead(own, place)).outcome;
    } catch (error) {
      if (error instanceof PermanentError) await place.fifo.leave(own);
      throw error;
    }
  }

  /** Delivers what comes next, for a while. */
  async function goOn(place: Place): Promise<void> {
    for (const until = Date.now() + goOnMs; ;) {
      const claim = await claimFrom(place);
      if (claim.kind !== "ours") return;
      if (Date.now() > until) return place.fifo.giveBack(claim.head);
      await deliverForAnother(claim.head, place);
    }
  }

  /**
   * The job of what is first now comes at once, however long it meant to wait when more was before it. One that waits for its own next
   * try, after one that failed, goes on waiting.
   */
  async function wakeHead(fifo: Fifo, own: Queued): Promise<void> {
    const head = await fifo.head();
    if (!head || head.job === own.job) return;
    const job = await unfinished(head);
    if (job?.delay && job.attemptsMade === 0) await job.promote();
  }

  async function finish(head: Queued): Promise<void> {
    const job = await unfinished(head);
    if (job?.delay) await job.remove();
  }

  async function claimFrom(
    { fifo, provider, to }: Place,
    own?: Queued,
  ): Promise<Exclude<Claim, { kind: "behind" }>> {
    for (let vetted: string | undefined; ;) {
      const claim = await fifo.claim({ ...(own && { own }), ...(vetted !== undefined && { vetted }) });
      if (claim.kind !== "behind") return claim;
      const providers = await Promise.all(claim.seqs.map(providerOf));
      if (providers.includes(provider)) throw later(to, soonMs);
      vetted = claim.upTo;
    }
  }

  async function deliverForAnother(head: Queued, place: Place): Promise<void> {
    const delivered = await deliverHead(head, place).catch((error: unknown) => {
      if (error instanceof PermanentError) return error;
      place.isResting = error instanceof RetryLaterError;
      throw error;
    });
    if (delivered instanceof Error) return refuse(head, { refusal: delivered, fifo: place.fifo });
    const { outcome, event } = delivered;
    // Its job has nothing left to do. One that is just being taken up finds that out by itself.
    const finished = finish(head).catch(() => undefined);
    if (event && outcome !== "already") await conclude({ event, sink: place.to.name }, outcome);
    await finished;
  }

  /** Has a job fail without asking the sink again. */
  async function refuse(head: Queued, { refusal, fifo }: { refusal: PermanentError; fifo: Fifo }): Promise<void> {
    const job = await unfinished(head);
    if (job) await noteRefusal(job, refusal);
    await fifo.leave(head);
    if (job?.delay) await job.promote().catch(() => undefined);
  }

  async function deliverHead(head: Queued, { fifo, to: { name, sink } }: Place): Promise<Delivered> {
    const [isDone, event] = await Promise.all([ledger.has(head.seq, name), log.at(head.seq)]);
    if (isDone || !event) {
      await fifo.leave(head);
      return { outcome: "already", event };
    }
    if (head.ifOpen && !isAwaited(await turns.told(name, subjectOf(event)), event)) {
      // What comes after its end, late, is not told either.
      await Promise.all([phaseOf(event) === "end" ? noteSubject(name, event) : undefined, fifo.leave(head)]);
      return { outcome: "not_needed", event };
    }
    const note = () =>
      Promise.all([noteTold(head.seq, { entry: name, sink: name }), noteSubject(name, event), fifo.leave(head)]);
    let isTried = false;
    const trying = () => (isTried = true);
    try {
      await attempt({ name, sink, event, seqs: [head.seq], timed: [event], note }, { hold: fifo, trying });
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- trying() sets it while we wait
      if (!isTried || error instanceof RetryLaterError) await fifo.giveBack(head);
      throw error;
    }
    return { outcome: "delivered", event };
  }

  async function noteSubject(sink: string, event: Event): Promise<void> {
    const told = await turns.told(sink, subjectOf(event));
    if (told && !isNewer(event.seq, told.seq)) return;
    await turns.note(sink, subjectOf(event), { seq: event.seq, isOver: phaseOf(event) === "end" });
  }

  // A job that is gone, or has ended, was buried: it holds up nobody.
  async function isQueued(head: Queued): Promise<boolean> {
    return (await unfinished(head)) !== undefined;
  }

  /** Its job, on the queue or in quarantine, unless that has ended. */
  async function unfinished({ job: id }: Queued): Promise<Job | undefined> {
    const jobs = await Promise.all([queues.deliveries.getJob(id), queues.of(id).quarantine.getJob(id)]);
    return (jobs as (Job | undefined)[]).find((job) => job !== undefined && job.finishedOn === undefined);
  }
}

/** The entry of a delivery in its FIFO. */
export function queuedAs(delivery: Delivery): Queued {
  return { seq: delivery.seq, job: deliveryId(delivery), ifOpen: delivery.ifOpen === true };
}

/** Whether a sink was told what an event goes on from. */
export function isAwaited(told: Told | undefined, { type }: Event): boolean {
  return told !== undefined && (!told.isOver || type === "incident.postmortem");
}

// Whoever delivers will come to this event, and wakes its job if need be: the more are before it, the later it asks again.
function patienceAt(position: number): number {
  return Math.min(300_000, 1000 + 250 * position);
}

function later({ name }: Addressee, delayMs: number): RetryLaterError {
  const message = `${name} gets the events before this one first.`;
  return new RetryLaterError(message, { delayMs: Math.ceil(delayMs * (1 + Math.random() / 4)) });
}

const remembered = 5000;

/** Whose an event is, by its place. What only a newer version can read is nobody's. */
function createProviderOf(log: Log): (seq: string) => Promise<string | undefined> {
  const known = new Map<string, string | undefined>();
  return async function providerOf(seq) {
    if (known.has(seq)) return known.get(seq);
    const event = await log.at(seq).catch((error: unknown) => {
      if (error instanceof NewerVersionError) return undefined;
      throw error;
    });
    known.set(seq, event?.provider);
    const oldest = known.keys().next().value;
    if (known.size > remembered && oldest !== undefined) known.delete(oldest);
    return event?.provider;
  };
}
