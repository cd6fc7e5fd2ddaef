import type { Delivery } from "@statuswire/queues";
import { GoneError, type Sink } from "@statuswire/sinks";
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
import type { Ledger, Log, Traces, Turn, Turns } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { createDigester } from "./digest.ts";
import type { Figures } from "./figures.ts";
import type { Gate } from "./gate.ts";
import { createTry, type Telling } from "./try.ts";

export interface Dependencies {
  sinks: { get(name: string): Sink | undefined };
  log: Log;
  ledger: Ledger;
  turns: Turns;
  traces: Pick<Traces, "attempted">;
  gate: Gate;
  now(): Date;
  /** Reads the configuration again. */
  refresh(): Promise<boolean>;
  figures: Figures;
  tell: Tell;
}

/** What became of a delivery. */
export type Outcome = "delivered" | "already" | "overtaken" | "not_needed";

const turnMs = 500;

/** Hands one event, or several as a digest, to one sink and notes it. Doubled only when we die between the sink's yes and the note. */
export function createDeliverer(dependencies: Dependencies) {
  const { log, ledger, turns, traces, gate, now, figures, tell } = dependencies;
  const tryToTell = createTry(dependencies);
  const digestAll = createDigester({ ...dependencies, tryToTell });

  return async function deliver(delivery: Delivery): Promise<Outcome> {
    const { seq, sink: name, digest } = delivery;
    const sink = await sinkNamed(name, dependencies);
    const outcome = digest ? await digestAll({ name, sink, seqs: digest }) : await deliverOne(delivery, sink);
    if (outcome === "delivered") figures.deliveries.inc({ sink: name });
    tell(happenings[outcome], { event: delivery.eventId, seq, sink: name });
    return outcome;
  };

  async function deliverOne(delivery: Delivery, sink: Sink): Promise<Outcome> {
    const { seq, sink: name } = delivery;
    const entry = entryOf(delivery);
    const [isDone, event] = await Promise.all([ledger.has(seq, entry), log.at(seq)]);
    if (isDone) return "already";
    if (!event) throw new PermanentError(`The log no longer holds an event at ${seq}.`);
    const telling = { name, sink, event: wordsFor(event, delivery), seqs: [seq] };
    const outcome = await tellOf(telling, delivery);
    if (outcome !== "not_needed") await ledger.note(seq, entry);
    if (outcome !== "delivered") await traces.attempted(seq, { sink: name, at: now().toISOString(), outcome });
    return outcome;
  }

  /** Whether the sink was told; not when it has heard newer things of the same subject. */
  async function tellOf(telling: Telling, { ifOpen }: Delivery): Promise<Exclude<Outcome, "already">> {
    const { name, event } = telling;
    // Our own output is never away, and prints every event.
    if (name === consoleName && !ifOpen) return tryToTell(telling).then(() => "delivered");
    const turn = await turns.take(name, subjectOf(event));
    if (!turn) throw new RetryLaterError(`${name} is being told of the same subject.`, { delayMs: turnMs });
    try {
      const told = { seq: event.seq, isOver: phaseOf(event) === "end" };
      if (isOvertaken(turn, event)) return "overtaken";
      if (ifOpen && !isAwaited(turn, event)) {
        // What comes after its end, late, is not told either.
        if (told.isOver) await turn.finish(told);
        return "not_needed";
      }
      await gate.pass(name, () => tryToTell(telling));
      await turn.finish(told);
      return "delivered";
    } catch (error) {
      if (error instanceof GoneError) tell("sink.gone", { sink: name, error });
      throw error;
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
