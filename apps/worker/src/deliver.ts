import type { Delivery, Queues } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import {
  consoleName,
  disabled,
  type Event,
  failing,
  PermanentError,
  phaseOf,
  RetryLaterError,
  settled,
  subjectOf,
  unstable,
} from "@statuswire/status";
import type { Fifos, Healths, Ledger, Lines, Log, Traces, Turn, Turns } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { createDigester } from "./digest.ts";
import { createDisabling } from "./disabling.ts";
import type { Figures } from "./figures.ts";
import type { Gate } from "./gate.ts";
import { createInOrder, isAwaited } from "./in-order.ts";
import { createSendOff } from "./send-off.ts";
import type { Sinks } from "./sinks.ts";
import { createStrictOrder } from "./strict.ts";
import { createTry, type Telling } from "./try.ts";

export interface Dependencies {
  sinks: Pick<Sinks, "get" | "traitsOf" | "destinations">;
  queues: Pick<Queues, "deliveries" | "of">;
  log: Log;
  ledger: Ledger;
  turns: Turns;
  lines: Lines;
  fifos: Fifos;
  traces: Pick<Traces, "attempted">;
  healths: Healths;
  gate: Gate;
  now(): Date;
  /** Reads the configuration again. */
  refresh(): Promise<boolean>;
  figures: Figures;
  tell: Tell;
  /** Whether jobs are done one by one, each its own work only: in quarantine. */
  isAlone?: boolean;
}

/** What became of a delivery. */
export type Outcome = "delivered" | "already" | "overtaken" | "not_needed" | "disabled";

const turnMs = 500;

/**
 * Hands one event, or several as a digest, to one sink and notes it. At least once: an event is told twice only when its worker dies, or
 * is paused for longer than its lock lasts, between asking the sink and noting its yes.
 */
export function createDeliverer(dependencies: Dependencies) {
  const { sinks, log, ledger, turns, traces, gate, now, figures, tell, isAlone = false } = dependencies;
  const disabling = createDisabling({ ...dependencies, sendOff: createSendOff(dependencies) });
  const tryToTell = createTry({ ...dependencies, disabling });
  const digestAll = createDigester({ ...dependencies, attempt });
  const strict = createStrictOrder(dependencies);
  const inOrder = createInOrder({ ...dependencies, isAlone, attempt, conclude, noteTold });

  return async function deliver(delivery: Delivery): Promise<Outcome> {
    const { seq, sink: name, digest } = delivery;
    const sink = await sinkNamed(name, dependencies);
    if (name !== consoleName && (await disabling.isDisabled(name))) return leaveOut(delivery);
    const outcome = digest ? await digestAll({ name, sink, seqs: digest }) : await deliverOne(delivery, sink);
    return count({ id: delivery.eventId, seq, sink: name }, outcome);
  };

  async function leaveOut(delivery: Delivery): Promise<Outcome> {
    const { seq, sink, digest = [seq] } = delivery;
    await Promise.all(digest.map((one) => note(one, { sink, outcome: "disabled" })));
    const event = isInOrder(delivery) ? await log.at(seq) : undefined;
    if (event) await inOrder.leave(delivery, event);
    return count({ id: delivery.eventId, seq, sink }, "disabled");
  }

  /** Notes that a sink was told. One that had been told before, by whoever died or was asleep, has heard it twice. */
  async function noteTold(seq: string, { entry, sink }: { entry: string; sink: string }): Promise<void> {
    if (!(await ledger.note(seq, entry))) figures.doubledDeliveries.inc({ sink });
  }

  async function conclude({ event, sink }: { event: Event; sink: string }, outcome: Outcome): Promise<void> {
    if (outcome !== "delivered" && outcome !== "already") await note(event.seq, { sink, outcome });
    count({ id: event.id, seq: event.seq, sink }, outcome);
  }

  function note(seq: string, what: { sink: string; outcome: Exclude<Outcome, "already"> }): Promise<void> {
    return traces.attempted(seq, { ...what, at: now().toISOString() });
  }

  function count({ id, seq, sink }: { id: string; seq: string; sink: string }, outcome: Outcome): Outcome {
    if (outcome === "delivered") figures.deliveries.inc({ sink });
    if (outcome === "delivered" && isAlone) figures.repeatedDeliveries.inc({ sink });
    tell(happenings[outcome], { event: id, seq, sink });
    return outcome;
  }

  async function deliverOne(delivery: Delivery, sink: Sink): Promise<Outcome> {
    const { seq, sink: name } = delivery;
    const entry = entryOf(delivery);
    const [isDone, event] = await Promise.all([ledger.has(seq, entry), log.at(seq)]);
    if (!event) throw new PermanentError(`The log no longer holds an event at ${seq}.`);
    const outcome = isDone ? "already" : await tellOf(delivery, { sink, event });
    if (outcome === "overtaken") await ledger.note(seq, entry);
    if (delivery.strict) await strict.leave(delivery, event);
    if (isDone && isInOrder(delivery)) await inOrder.leave(delivery, event);
    if (outcome !== "delivered" && outcome !== "already") await note(seq, { sink: name, outcome });
    return outcome;
  }

  /** A notice is no event of its provider, and a digest none of any; our own output is never away, and prints every event. */
  function isInOrder({ sink, as, digest }: Delivery): boolean {
    return sinks.traitsOf(sink).order === "all" && sink !== consoleName && as === undefined && !digest;
  }

  async function tellOf(delivery: Delivery, { sink, event }: Told): Promise<Outcome> {
    const { seq, sink: name, ifOpen } = delivery;
    if (isInOrder(delivery)) return inOrder.deliver(delivery, { sink, event });
    if (delivery.strict) await strict.await(delivery, event);
    const isTimed = delivery.as === undefined && delivery.replay === undefined;
    const telling = {
      ...{ name, sink, event: wordsFor(event, delivery), seqs: [seq], timed: isTimed ? [event] : [] },
      note: () => noteTold(seq, { entry: entryOf(delivery), sink: name }),
    };
    if (name === consoleName && !ifOpen) return tryToTell(telling).then(() => "delivered");
    const isOrdered = sinks.traitsOf(name).order !== "none" || ifOpen;
    const turn = await turns.take(name, isOrdered ? subjectOf(telling.event) : `event:${seq}`);
    if (!turn) throw new RetryLaterError(`${name} is being told of the same subject.`, { delayMs: turnMs });
    try {
      // Whoever had the turn before may have told it.
      if (await ledger.has(seq, entryOf(delivery))) return "already";
      if (isOrdered) return await tellInTurn(telling, { delivery, turn });
      await attempt(telling, { hold: turn });
      return "delivered";
    } finally {
      await turn.release();
    }
  }

  /** Whether the sink was told; not when it has heard newer things of the same subject. */
  async function tellInTurn(
    telling: Telling,
    { delivery, turn }: { delivery: Delivery; turn: Turn },
  ): Promise<"delivered" | "overtaken" | "not_needed"> {
    const { event } = telling;
    const told = { seq: event.seq, isOver: phaseOf(event) === "end" };
    if (!delivery.strict && isOvertaken(turn, event)) return "overtaken";
    if (delivery.ifOpen && !isAwaited(turn.told, event)) {
      // What comes after its end, late, is not told either.
      if (told.isOver) await turn.finish(told);
      return "not_needed";
    }
    const next = turn.isTold(event.seq) && turn.told ? turn.told : told;
    const noteBoth = () => Promise.all([turn.finish(next), telling.note()]);
    await attempt({ ...telling, note: noteBoth }, { hold: turn });
    return "delivered";
  }

  /** Asks a sink. A process that was paused finds that another has its work, and leaves it to that. */
  async function attempt(telling: Telling, { hold, trying }: { hold: Hold; trying?: () => void }): Promise<void> {
    const { name } = telling;
    if (!(await hold.isHeld()))
      throw new RetryLaterError(`Another worker has taken over this delivery to ${name}.`, { delayMs: turnMs });
    await gate.pass(name, () => {
      trying?.();
      return tryToTell(telling);
    });
  }
}

interface Hold {
  isHeld(): Promise<boolean>;
}

interface Told {
  sink: Sink;
  event: Event;
}

const happenings = {
  delivered: "event.delivered",
  already: "event.delivered",
  overtaken: "event.overtaken",
  not_needed: "event.unneeded",
  disabled: "event.unneeded",
} as const;

// These follow an earlier notice about the same event: that the component is unstable, or that the sink fails.
function isOvertaken(turn: Turn, { seq, type }: Event): boolean {
  return type !== "component.settled" && type !== "sink.disabled" && turn.isTold(seq);
}

// A notice about an event is not the event.
function entryOf({ sink, as, about }: Delivery): string {
  if (as === "settled") return `${sink}:settled`;
  return as === "disabled" || as === "failing" ? `${sink}:${as}:${about ?? ""}` : sink;
}

function wordsFor(event: Event, { as, about = "", reason = "" }: Delivery): Event {
  if (as === "unstable") return unstable(event);
  if (as === "settled") return settled(event);
  if (as === "failing") return failing(event, { sink: about, reason });
  return as === "disabled" ? disabled(event, about) : event;
}

// Another worker may have read a changed configuration, and dispatched by it, before us.
async function sinkNamed(name: string, { sinks, refresh }: Dependencies): Promise<Sink> {
  const sink = sinks.get(name) ?? ((await refresh()) ? sinks.get(name) : undefined);
  if (!sink) throw new PermanentError(`No sink is called "${name}". It was removed from the configuration.`);
  return sink;
}
