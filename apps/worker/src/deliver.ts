import type { Delivery, Queues } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import {
  consoleName,
  disabled,
  type Event,
  PermanentError,
  phaseOf,
  RetryLaterError,
  settled,
  subjectOf,
  unstable,
} from "@statuswire/status";
import type { Healths, Ledger, Lines, Log, Traces, Turn, Turns } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { createDigester } from "./digest.ts";
import { createDisabling } from "./disabling.ts";
import type { Figures } from "./figures.ts";
import type { Gate } from "./gate.ts";
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
  traces: Pick<Traces, "attempted">;
  healths: Healths;
  gate: Gate;
  now(): Date;
  /** Reads the configuration again. */
  refresh(): Promise<boolean>;
  figures: Figures;
  /** Whether what is delivered was in the hands of a process that hung or ended. */
  isAlone?: boolean;
  tell: Tell;
}

/** What became of a delivery. */
export type Outcome = "delivered" | "already" | "overtaken" | "not_needed" | "disabled";

const turnMs = 500;

/** Hands one event, or several as a digest, to one sink and notes it. Doubled only when we die between the sink's yes and the note. */
export function createDeliverer(dependencies: Dependencies) {
  const { sinks, log, ledger, turns, traces, gate, now, figures, isAlone, tell } = dependencies;
  const disabling = createDisabling({ ...dependencies, sendOff: createSendOff(dependencies) });
  const tryToTell = createTry({ ...dependencies, disabling });
  const digestAll = createDigester({ ...dependencies, tryToTell });
  const order = createStrictOrder(dependencies);

  return async function deliver(delivery: Delivery): Promise<Outcome> {
    const { seq, sink: name, digest } = delivery;
    const sink = await sinkNamed(name, dependencies);
    if (name !== consoleName && (await disabling.isDisabled(name))) return leaveOut(delivery, "disabled");
    const outcome = digest ? await digestAll({ name, sink, seqs: digest }) : await deliverOne(delivery, sink);
    if (outcome === "delivered") figures.deliveries.inc({ sink: name });
    if (outcome === "delivered" && isAlone) figures.repeatedDeliveries.inc({ sink: name });
    tell(happenings[outcome], { event: delivery.eventId, seq, sink: name });
    return outcome;
  };

  async function leaveOut<Left extends Outcome>(
    { seq, sink, digest = [seq] }: Delivery,
    outcome: Left,
  ): Promise<Left> {
    const at = now().toISOString();
    if (outcome !== "already")
      await Promise.all(digest.map((one) => traces.attempted(one, { sink, at, outcome })));
    return outcome;
  }

  async function deliverOne(delivery: Delivery, sink: Sink): Promise<Outcome> {
    const { seq, sink: name } = delivery;
    const entry = entryOf(delivery);
    const [isDone, event] = await Promise.all([ledger.has(seq, entry), log.at(seq)]);
    if (!event) throw new PermanentError(`The log no longer holds an event at ${seq}.`);
    if (delivery.strict && !isDone) await order.await(delivery, event);
    const note = () => ledger.note(seq, entry);
    const noteTold = async () => {
      if (!(await note())) figures.doubledDeliveries.inc({ sink: name });
    };
    const timed = delivery.as === undefined && delivery.replay === undefined ? [event] : [];
    const telling = { name, sink, event: wordsFor(event, delivery), seqs: [seq], timed, note: noteTold };
    const outcome = isDone ? "already" : await tellOf(telling, delivery);
    if (outcome === "overtaken") await note();
    if (delivery.strict) await order.leave(delivery, event);
    return outcome === "delivered" ? outcome : leaveOut(delivery, outcome);
  }

  /** Whether the sink was told; not when it has heard newer things of the same subject. */
  async function tellOf(telling: Telling, delivery: Delivery): Promise<"delivered" | "overtaken" | "not_needed"> {
    const { name, event } = telling;
    const { ifOpen } = delivery;
    // Our own output is never away, and prints every event.
    if (name === consoleName && !ifOpen) return tryToTell(telling).then(() => "delivered");
    const isOrdered = sinks.traitsOf(name).order !== "none" || ifOpen;
    if (!isOrdered) return gate.pass(name, () => tryToTell(telling)).then(() => "delivered");
    const turn = await turns.take(name, subjectOf(event));
    if (!turn) throw new RetryLaterError(`${name} is being told of the same subject.`, { delayMs: turnMs });
    try {
      const told = { seq: event.seq, isOver: phaseOf(event) === "end" };
      if (!delivery.strict && isOvertaken(turn, event)) return "overtaken";
      if (ifOpen && !isAwaited(turn, event)) {
        // What comes after its end, late, is not told either.
        if (told.isOver) await turn.finish(told);
        return "not_needed";
      }
      const next = turn.isTold(event.seq) && turn.told ? turn.told : told;
      const note = () => Promise.all([turn.finish(next), telling.note()]);
      await gate.pass(name, () => tryToTell({ ...telling, note }));
      return "delivered";
    } finally {
      await turn.release();
    }
  }
}

const happenings = {
  delivered: "event.delivered",
  already: "event.delivered",
  overtaken: "event.overtaken",
  not_needed: "event.unneeded",
  disabled: "event.unneeded",
} as const;

// That a component has settled is told of the place at which it was told that it is unstable, or later.
function isOvertaken(turn: Turn, { seq, type }: Event): boolean {
  return type !== "component.settled" && turn.isTold(seq);
}

/** Whether the sink was told what an event goes on from. */
function isAwaited({ told }: Turn, { type }: Event): boolean {
  return told !== undefined && (!told.isOver || type === "incident.postmortem");
}

// A notice about an event is not the event.
function entryOf({ sink, as, about }: Delivery): string {
  if (as === "settled") return `${sink}:settled`;
  return as === "disabled" ? `${sink}:disabled:${about ?? ""}` : sink;
}

function wordsFor(event: Event, { as, about = "" }: Delivery): Event {
  if (as === "unstable") return unstable(event);
  if (as === "settled") return settled(event);
  return as === "disabled" ? disabled(event, about) : event;
}

// Another worker may have read a changed configuration, and dispatched by it, before us.
async function sinkNamed(name: string, { sinks, refresh }: Dependencies): Promise<Sink> {
  const sink = sinks.get(name) ?? ((await refresh()) ? sinks.get(name) : undefined);
  if (!sink) throw new PermanentError(`No sink is called "${name}". It was removed from the configuration.`);
  return sink;
}
