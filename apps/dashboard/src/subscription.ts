import type { Event } from "@statuswire/status";
import type { Log } from "@statuswire/store";
import type { Live } from "./live.ts";
import { compareSeqs } from "./seq.ts";

interface Dependencies {
  live: Live;
  log: Pick<Log, "after">;
}

interface Reader {
  /** The place after which to begin. */
  from: string;
  /** Takes the next events, none left out and none twice; resolves when it can take more. */
  take(events: readonly Event[]): Promise<void>;
  /** Hears that the log can't be read; the subscription has ended. */
  failed(error: unknown): void;
}

export interface Subscription {
  /** The place up to which everything has been taken. */
  cursor(): string;
  end(): void;
}

const batchSize = 200;

/**
 * Gives a reader every event after a place. It is fed from the shared reader while it keeps up and from the log when it
 * does not, so that a slow one costs a cursor and no buffer.
 */
export function subscribe({ live, log }: Dependencies, { from, take, failed }: Reader): Subscription {
  let cursor = from;
  let isBusy = false;
  let hasMore = false;
  let isEnded = false;

  async function hand(events: readonly Event[]): Promise<void> {
    const last = events.at(-1);
    if (!last) return;
    cursor = last.seq;
    await take(events);
  }

  async function catchUp(): Promise<void> {
    hasMore = false;
    while (!isEnded) {
      const events = await log.after(cursor, batchSize);
      if (!events.length) return;
      await hand(events);
    }
  }

  async function work(task: () => Promise<void>): Promise<void> {
    isBusy = true;
    await task();
    // What came while we were at it was not handed over. Nothing may stand between this look and being idle.
    while (hasMore && !isEnded) await catchUp();
    isBusy = false;
  }

  function begin(task: () => Promise<void>): void {
    work(task).catch(fail);
  }

  function hear(events: readonly Event[]): void {
    if (isBusy) hasMore = true;
    else begin(() => hand(events.filter(({ seq }) => compareSeqs(seq, cursor) > 0)));
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
  begin(catchUp);
  return { cursor: () => cursor, end };
}
