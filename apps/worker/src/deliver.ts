import type { Delivery } from "@statuswire/queues";
import { GoneError, type Sink, subjectOf } from "@statuswire/sinks";
import { consoleName, type Event, PermanentError, RetryLaterError } from "@statuswire/status";
import type { Ledger, Log, Turns } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Figures } from "./figures.ts";
import type { Gate } from "./gate.ts";

interface Dependencies {
  sinks: { get(name: string): Sink | undefined };
  log: Log;
  ledger: Ledger;
  turns: Turns;
  gate: Gate;
  /** Reads the configuration again. */
  refresh(): Promise<boolean>;
  figures: Figures;
  tell: Tell;
}

/** A sink by its name, and the event that it is to be told. */
interface Telling {
  name: string;
  sink: Sink;
  event: Event;
}

const turnMs = 500;

/** Hands one event to one sink and notes it. Doubled only when we die between the sink's yes and the note. */
export function createDeliverer(dependencies: Dependencies) {
  const { log, ledger, turns, gate, figures, tell } = dependencies;

  return async function deliver({ seq, sink: name }: Delivery): Promise<"delivered" | "already" | "overtaken"> {
    const sink = await sinkNamed(name, dependencies);
    const [isDone, event] = await Promise.all([ledger.has(seq, name), log.at(seq)]);
    if (isDone) return "already";
    if (!event) throw new PermanentError(`The log no longer holds an event at ${seq}.`);
    const isTold = await tellOf({ name, sink, event });
    await ledger.note(seq, name);
    if (isTold) figures.deliveries.inc({ sink: name });
    tell(isTold ? "event.delivered" : "event.overtaken", { event: event.id, sink: name });
    return isTold ? "delivered" : "overtaken";
  };

  /** Whether the sink was told; not when it has heard newer things of the same subject. */
  async function tellOf({ name, sink, event }: Telling): Promise<boolean> {
    // Our own output is never away, and prints every event.
    if (name === consoleName) return sink.deliver(event).then(() => true);
    const turn = await turns.take(name, subjectOf(event));
    if (!turn) throw new RetryLaterError(`${name} is being told of the same subject.`, { delayMs: turnMs });
    try {
      if (turn.isTold(event.seq)) return false;
      await gate.pass(name, () => sink.deliver(event));
      await turn.finish(event.seq);
      return true;
    } catch (error) {
      if (error instanceof GoneError) tell("sink.gone", { sink: name, error });
      throw error;
    } finally {
      await turn.release();
    }
  }
}

// Another worker may have read a changed configuration, and dispatched by it, before us.
async function sinkNamed(name: string, { sinks, refresh }: Dependencies): Promise<Sink> {
  const sink = sinks.get(name) ?? ((await refresh()) ? sinks.get(name) : undefined);
  if (!sink) throw new PermanentError(`No sink is called "${name}". It was removed from the configuration.`);
  return sink;
}
