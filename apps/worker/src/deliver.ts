import type { Delivery } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import { PermanentError } from "@statuswire/status";
import type { Ledger, Log } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Figures } from "./figures.ts";

interface Dependencies {
  sinks: ReadonlyMap<string, Sink>;
  log: Log;
  ledger: Ledger;
  figures: Figures;
  tell: Tell;
}

/** Hands one event to one sink and notes it. Doubled only when we die between the sink's yes and the note. */
export function createDeliverer({ sinks, log, ledger, figures, tell }: Dependencies) {
  return async function deliver({ seq, sink: name }: Delivery): Promise<"delivered" | "already"> {
    const sink = sinks.get(name);
    if (!sink) throw new PermanentError(`No sink is called "${name}". It was removed from the configuration.`);
    const [isDone, event] = await Promise.all([ledger.has(seq, name), log.at(seq)]);
    if (isDone) return "already";
    if (!event) throw new PermanentError(`The log no longer holds an event at ${seq}.`);
    await sink.deliver(event);
    await ledger.note(seq, name);
    figures.deliveries.inc({ sink: name });
    tell("event.delivered", { event: event.id, sink: name });
    return "delivered";
  };
}
