import type { Sink } from "@statuswire/sinks";
import { digest, type Event, isNewer, phaseOf, RetryLaterError, subjectOf } from "@statuswire/status";
import type { Ledger, Log, Turn, Turns } from "@statuswire/store";
import type { Figures } from "./figures.ts";
import type { Telling } from "./try.ts";

interface Dependencies {
  log: Log;
  ledger: Ledger;
  turns: Turns;
  figures: Pick<Figures, "doubledDeliveries">;
  attempt(telling: Telling, how: { hold: Pick<Turn, "isHeld"> }): Promise<void>;
}

/** A sink by its name, and the places of the events that wait for it. */
interface Waiting {
  name: string;
  sink: Sink;
  seqs: readonly string[];
}

const turnMs = 500;

/** Tells a sink of several events in one message: those that it has not been told by now, nor newer ones of their subject. */
export function createDigester({ log, ledger, turns, figures, attempt }: Dependencies) {
  return async function digestAll(waiting: Waiting): Promise<"delivered" | "already"> {
    const { name } = waiting;
    const turn = await turns.take(name, "digest");
    if (!turn) throw new RetryLaterError(`${name} is being told another digest.`, { delayMs: turnMs });
    try {
      return await tellOf(waiting, turn);
    } finally {
      await turn.release();
    }
  };

  async function tellOf({ name, sink, seqs }: Waiting, hold: Turn): Promise<"delivered" | "already"> {
    const events = (await Promise.all(seqs.map((seq) => unheard(seq, name)))).filter(
      (event) => event !== undefined,
    );
    const [first, ...others] = events;
    if (!first) return "already";
    const event = others.length ? digest([first, ...others]) : first;
    const told = events.map(({ seq }) => seq);
    const noteAll = () => Promise.all(events.map((one) => note(one, name)));
    await attempt({ name, sink, event, seqs: told, timed: events, note: noteAll }, { hold });
    return "delivered";
  }

  async function unheard(seq: string, name: string): Promise<Event | undefined> {
    const [isDone, event] = await Promise.all([ledger.has(seq, name), log.at(seq)]);
    if (isDone || !event) return undefined;
    const told = await turns.told(name, subjectOf(event));
    return told && !isNewer(seq, told.seq) ? undefined : event;
  }

  async function note(event: Event, name: string): Promise<void> {
    const { seq } = event;
    const subject = subjectOf(event);
    const told = await turns.told(name, subject);
    if (!told || isNewer(seq, told.seq))
      await turns.note(name, subject, { seq, isOver: phaseOf(event) === "end" });
    if (!(await ledger.note(seq, name))) figures.doubledDeliveries.inc({ sink: name });
  }
}
