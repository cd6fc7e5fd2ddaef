import type { Event } from "@statuswire/status";
import type { Log } from "@statuswire/store";
import { compareSeqs } from "../seq.ts";
import type { Live } from "./live.ts";

interface Dependencies {
  live: Pick<Live, "listen" | "since">;
  log: Pick<Log, "after">;
}

interface Reader {
  /** The place after which to begin. */
  from: string;
  /** Takes the next events, none left out and none twice. Undefined: more can come at once; else resolves when it can. */
  take(events: readonly Event[]): Promise<void> | undefined;
  /** Hears that the log can't be read; the subscription has ended. */
  failed(error: unknown): void;
}

export interface Subscription {
  /** The place up to which everything has been taken. */
  cursor(): string;
  end(): void;
}

/** Small enough for a thin line to take within the patience that we have with its reader. */
const batchSize = 50;

/**
 * Gives a reader every event after a place. It is fed from the shared reader while it keeps up, and from what is at hand or
 * from the log when it does not, so that a slow one costs a cursor and no buffer. Who keeps up is handed the very array that
 * all others are handed.
 */
export function subscribe({ live, log }: Dependencies, { from, take, failed }: Reader): Subscription {
  let cursor = from;
  let isBusy = false;
  let hasMore = false;
  let isEnded = false;

  function hand(events: readonly Event[]): Promise<void> | undefined {
    const last = events.at(-1);
    if (!last) return undefined;
    cursor = last.seq;
    return take(events);
  }

  async function catchUp(): Promise<void> {
    hasMore = false;
    while (!isEnded) {
      const events = live.since(cursor)?.slice(0, batchSize) ?? (await log.after(cursor, batchSize));
      if (!events.length) return;
      await hand(events);
    }
  }

  async function waitFor(task: Promise<void>): Promise<void> {
    isBusy = true;
    await task;
    // What came while we were at it was not handed over. Nothing may stand between this look and being idle.
    while (hasMore && !isEnded) await catchUp();
    isBusy = false;
  }

  function hear(events: readonly Event[]): void {
    if (isBusy) hasMore = true;
    else if (!isEnded) {
      const task = hand(after(events, cursor));
      if (task) waitFor(task).catch(fail);
    }
  }

  function fail(error: unknown): void {
    if (isEnded) return;
    end();
    failed(error);
  }

  function end(): void {
    isEnded = true;
    stopListening();
  }

  const stopListening = live.listen(hear);
  waitFor(catchUp()).catch(fail);
  return { cursor: () => cursor, end };
}

/** The same array wherever nothing of it is left out. */
function after(events: readonly Event[], seq: string): readonly Event[] {
  const [first] = events;
  if (!first || compareSeqs(first.seq, seq) > 0) return events;
  return events.filter((event) => compareSeqs(event.seq, seq) > 0);
}
