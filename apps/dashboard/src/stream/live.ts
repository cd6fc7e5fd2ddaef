import { setImmediate, setTimeout } from "node:timers/promises";
import { tellTrouble } from "@statuswire/service";
import type { Event } from "@statuswire/status";
import { awaitEvents, type Log, type News } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";
import { compareSeqs } from "../seq.ts";

type Listener = (events: readonly Event[]) => void;

/** One reader of the log for all who watch it. */
export interface Live {
  /** Whether the log's end has been found: before that, there is nothing to listen to. */
  isFollowing(): boolean;
  /** The place up to which everything has been passed on. */
  head(): string;
  /** What has been passed on after a place; undefined when that is longer ago than what is at hand. */
  since(seq: string): readonly Event[] | undefined;
  /** Hears of every event from now on, in order and several at a time, until the returned function is called. */
  listen(listener: Listener): () => void;
  stop(): void;
}

interface Dependencies {
  log: Log;
  /** A connection of its own, since it blocks. Ended with us. */
  redis: Redis;
  tell: Tell;
}

const retryMs = 1000;
const beginning = "0-0";
/** So many events are at hand: when thousands come back at once, Redis is not asked for each of them. */
const atHand = 500;
/** So many hear in one turn of the event loop: pages are served while thousands are told. */
const perTurn = 500;

/** Follows the log from its end on, once there is a Redis to ask where that is. */
export function followLog({ log, redis, tell }: Dependencies): Live {
  const listeners = new Set<Listener>();
  let recent: readonly Event[] = [];
  let head: string | undefined;
  let isStopping = false;

  async function follow(): Promise<void> {
    while (mayGoOn()) {
      try {
        head ??= await findEnd();
        await pass(await awaitEvents(redis, head, { blockMs: 2000, count: atHand }));
      } catch (error) {
        if (mayGoOn()) await bear(error);
      }
    }
  }

  function mayGoOn(): boolean {
    return !isStopping;
  }

  async function findEnd(): Promise<string> {
    recent = (await log.newest(atHand)).toReversed();
    return recent.at(-1)?.seq ?? beginning;
  }

  async function bear(error: unknown): Promise<void> {
    tellTrouble(tell, { queue: "events", error });
    // Nothing is to wait for it when all else has ended.
    await setTimeout(retryMs, undefined, { ref: false });
  }

  async function pass({ events, seq }: News): Promise<void> {
    head = seq;
    if (!events.length) return;
    recent = [...recent, ...events].slice(-atHand);
    for (const [index, listener] of [...listeners].entries()) {
      if (index % perTurn === perTurn - 1) await setImmediate();
      listener(events);
    }
  }

  void follow();
  return {
    isFollowing: () => head !== undefined,
    head: () => head ?? beginning,
    since(seq) {
      if (head !== undefined && compareSeqs(seq, head) >= 0) return [];
      const [oldest] = recent;
      return oldest && compareSeqs(seq, oldest.seq) >= 0
        ? recent.filter((event) => compareSeqs(event.seq, seq) > 0)
        : undefined;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    // Not waited for: a read that was queued while Redis was away never ends, and holds nothing open.
    stop() {
      isStopping = true;
      listeners.clear();
      redis.disconnect();
    },
  };
}
