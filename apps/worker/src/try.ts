import { asError, type Event, PermanentError, RetryLaterError } from "@statuswire/status";
import type { Sink } from "@statuswire/sinks";
import type { Attempt, Traces } from "@statuswire/store";
import type { createDisabling } from "./disabling.ts";
import type { Figures } from "./figures.ts";

interface Dependencies {
  traces: Pick<Traces, "attempted">;
  disabling: Pick<ReturnType<typeof createDisabling>, "succeeded" | "failed">;
  figures: Pick<Figures, "failedDeliveries" | "times">;
  now(): Date;
}

/** A sink by its name, and what it is to be told, with the places of the events that this tells. */
export interface Telling {
  name: string;
  sink: Sink;
  event: Event;
  seqs: readonly string[];
  /** The events whose way to the sink is timed: none where it is told of something else, or again. */
  timed: readonly Event[];
  /** Remembers the sink's yes. Nothing comes between the two: whoever dies there has it told again. */
  note(): Promise<unknown>;
}

/** Tells a sink of an event, and records how that went beside each event that it tells. */
export function createTry({ traces, disabling, figures, now }: Dependencies) {
  return async function tryToTell({ name, sink, event, seqs, timed, note }: Telling): Promise<void> {
    const started = now();
    const record = (outcome: Attempt["outcome"], reason?: string) => {
      const ms = now().getTime() - started.getTime();
      const attempt = {
        sink: name,
        at: started.toISOString(),
        outcome,
        ms,
        ...(reason !== undefined && { reason }),
      };
      return Promise.all(seqs.map((seq) => traces.attempted(seq, attempt)));
    };
    try {
      await sink.deliver(event);
    } catch (cause) {
      const error = asError(cause);
      const outcome = outcomeOf(error);
      figures.failedDeliveries.inc({ sink: name, outcome });
      await record(outcome, error.message);
      await disabling.failed(name, event, error);
      throw cause;
    }
    figures.times.delivered({ events: timed, sink: name }, now());
    await Promise.all([note(), record("delivered"), disabling.succeeded(name)]);
  };
}

function outcomeOf(error: Error): Attempt["outcome"] {
  if (error instanceof PermanentError) return "refused";
  return error instanceof RetryLaterError ? "waiting" : "failed";
}
