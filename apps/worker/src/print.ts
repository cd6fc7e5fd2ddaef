import { asError, consoleName, type Event } from "@statuswire/status";
import type { Attempt, Ledger, Tallies } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Figures } from "./figures.ts";
import type { Sinks } from "./sinks.ts";

interface Dependencies {
  sinks: Pick<Sinks, "print">;
  ledger: Ledger;
  tallies: Pick<Tallies, "count">;
  figures: Figures;
  now(): Date;
  tell: Tell;
}

/** An event for the console. */
export interface Printable {
  event: Event;
  /** Whether nobody can have printed it before. */
  isNew: boolean;
}

interface Hold {
  /** Until when no other worker can take over what is printed here, epoch ms. */
  oursUntil: number;
  /** Takes those events anew that are still ours, and gives their places. */
  keep(seqs: readonly string[]): Promise<ReadonlySet<string>>;
}

/** How long what was taken anew is surely ours. */
const keptMs = 5000;

/** Of notes that nobody reads a socket takes a few hundred. Those that it has not taken would die with us. */
const mostUnanswered = 100;

/**
 * Prints events on the console, in their order, up to one that can't be printed: that and those behind it are given back. Each is
 * noted in the same breath, and the next does not wait for the answer: whoever dies in between prints one again. A process that was
 * paused leaves out what another has taken over. All are counted together. Rejects when a note was not taken.
 */
export function createPrinter({ sinks, ledger, tallies, figures, now, tell }: Dependencies) {
  return async function print(all: readonly Printable[], hold: Hold): Promise<Event[]> {
    let failed: Event[] = [];
    let { oursUntil } = hold;
    let kept: ReadonlySet<string> | undefined;
    const printed: Attempt[] = [];
    const timed: Event[] = [];
    const notes: Promise<Error | undefined>[] = [];
    for (const [index, { event, isNew }] of all.entries()) {
      if (notes.length >= mostUnanswered) await notes[notes.length - mostUnanswered];
      if (!isNew && (await ledger.has(event.seq, consoleName))) continue;
      // The time is looked at last, so that nothing is waited for between this and the print.
      for (let start = now().getTime(); start >= oursUntil; start = now().getTime()) {
        kept = await hold.keep(all.slice(index).map((one) => one.event.seq));
        oursUntil = start + keptMs;
      }
      if (kept && !kept.has(event.seq)) continue;
      const at = now();
      try {
        // A promise even of what is done would leave a moment to die in.
        const printing = sinks.print(event);
        if (printing) await printing;
        const attempt = attemptSince(at);
        notes.push(note(event, attempt).then(() => undefined, asError));
        printed.push(attempt);
        timed.push(event);
      } catch (error) {
        failed = all.slice(index).map((one) => one.event);
        tell("event.unprinted", { event: event.id, seq: event.seq, events: failed.length, error });
        break;
      }
    }
    figures.times.delivered({ events: timed, sink: consoleName }, now());
    notes.push(count(printed).then(() => undefined, asError));
    const missed = (await Promise.all(notes)).find((error) => error !== undefined);
    if (missed) throw missed;
    return failed;
  };

  function attemptSince(at: Date): Attempt {
    const ms = now().getTime() - at.getTime();
    return { sink: consoleName, at: at.toISOString(), outcome: "delivered", ms };
  }

  async function note({ id, seq }: Event, attempt: Attempt): Promise<void> {
    if (!(await ledger.note(seq, consoleName, attempt))) figures.doubledDeliveries.inc({ sink: consoleName });
    tell("event.delivered", { event: id, seq, sink: consoleName });
  }

  async function count(printed: readonly Attempt[]): Promise<void> {
    figures.deliveries.inc({ sink: consoleName }, printed.length);
    await tallies.count(printed);
  }
}
