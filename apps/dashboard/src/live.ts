import { setTimeout } from "node:timers/promises";
import type { Event } from "@statuswire/status";
import { awaitEvents, type Log, type News } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";

type Listener = (events: readonly Event[]) => void;

/** One reader of the log for all who watch it. */
export interface Live {
  /** Whether the log's end has been found: before that, there is nothing to listen to. */
  isFollowing(): boolean;
  /** The place up to which everything has been passed on. */
  head(): string;
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

/** Follows the log from its end on, once there is a Redis to ask where that is. */
export function followLog({ log, redis, tell }: Dependencies): Live {
  const listeners = new Set<Listener>();
  let head: string | undefined;
  let isStopping = false;

  async function follow(): Promise<void> {
    while (mayGoOn()) {
      try {
        head ??= await endOf(log);
        pass(await awaitEvents(redis, head, { blockMs: 2000, count: 500 }));
      } catch (error) {
        if (mayGoOn()) await bear(error);
      }
    }
  }

  function mayGoOn(): boolean {
    return !isStopping;
  }

  async function bear(error: unknown): Promise<void> {
    tell("queue.troubled", { queue: "events", error });
    // Nothing is to wait for it when all else has ended.
    await setTimeout(retryMs, undefined, { ref: false });
  }

  function pass({ events, seq }: News): void {
    head = seq;
    if (events.length) for (const listener of [...listeners]) listener(events);
  }

  void follow();
  return {
    isFollowing: () => head !== undefined,
    head: () => head ?? beginning,
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

async function endOf(log: Log): Promise<string> {
  return (await log.newest(1))[0]?.seq ?? beginning;
}
