import { asError, consoleName, type Event } from "@statuswire/status";
import type { Ledger, Traces } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Figures } from "./figures.ts";
import type { Sinks } from "./sinks.ts";

interface Dependencies {
  sinks: Pick<Sinks, "print">;
  ledger: Ledger;
  traces: Pick<Traces, "attempted">;
  figures: Figures;
  now(): Date;
  tell: Tell;
}

/** An event for the console. */
export interface Printable {
  event: Event;
  /** Until when nobody else can have printed it, epoch ms; 0: somebody may have. */
  oursUntil: number;
}

/**
 * Prints events on the console, in their order, up to one that can't be printed: that and those behind it are given back. Each is
 * noted in the same breath, and the next does not wait for the answer: whoever dies in between prints one again. Rejects when a
 * note was not taken.
 */
export function createPrinter({ sinks, ledger, traces, figures, now, tell }: Dependencies) {
  return async function print(all: readonly Printable[]): Promise<Event[]> {
    let failed: Event[] = [];
    const notes: Promise<Error | undefined>[] = [];
    for (const [index, { event, oursUntil }] of all.entries()) {
      const at = now();
      if (at.getTime() >= oursUntil && (await ledger.has(event.seq, consoleName))) continue;
      try {
        // A promise even of what is done would leave a moment to die in.
        const printing = sinks.print(event);
        if (printing) await printing;
        notes.push(note(event, at).then(() => undefined, asError));
      } catch (error) {
        failed = all.slice(index).map((one) => one.event);
        tell("event.unprinted", { event: event.id, seq: event.seq, events: failed.length, error });
        break;
      }
    }
    const missed = (await Promise.all(notes)).find((error) => error !== undefined);
    if (missed) throw missed;
    return failed;
  };

  async function note({ id, seq }: Event, at: Date): Promise<void> {
    const ms = now().getTime() - at.getTime();
    const attempt = { sink: consoleName, at: at.toISOString(), outcome: "delivered", ms } as const;
    await Promise.all([ledger.note(seq, consoleName), traces.attempted(seq, attempt)]);
    figures.deliveries.inc({ sink: consoleName });
    tell("event.delivered", { event: id, seq, sink: consoleName });
  }
}
