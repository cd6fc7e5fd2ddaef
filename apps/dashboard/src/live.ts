import { setTimeout } from "node:timers/promises";
import type { Event } from "@statuswire/status";
import { awaitEvents, type Log, type News } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";

type Listener = (events: readonly Event[]) => void;

/** One reader of the log for all who watch it. */
export interface Live {
  /** The place up to which everything has been passed on. */
  head(): string;
  /** Hears of every event from now on, in order and several at a time, until the returned function is called. */
  listen(listener: Listener): () => void;
  stop(): Promise<void>;
}

interface Dependencies {
  log: Log;
  /** A connection of its own, since it blocks. Ended with us. */
  redis: Redis;
  tell: Tell;
}

const retryMs = 1000;

// There may be no Redis yet when we start.
async function endOf(log: Log, tell: Tell): Promise<string> {
  for (;;) {
    try {
      return (await log.newest(1))[0]?.seq ?? "0-0";
    } catch (error) {
      tell("queue.troubled", { queue: "events", error });
      await setTimeout(retryMs);
    }
  }
}

/** Follows the log from its end on; waits for Redis if need be. */
export async function followLog({ log, redis, tell }: Dependencies): Promise<Live> {
  const listeners = new Set<Listener>();
  let head = await endOf(log, tell);
  let isStopping = false;

  async function follow(): Promise<void> {
    while (isFollowing()) {
      try {
        pass(await awaitEvents(redis, head, { blockMs: 2000, count: 500 }));
      } catch (error) {
        if (isFollowing()) await bear(error);
      }
    }
  }

  function isFollowing(): boolean {
    return !isStopping;
  }

  async function bear(error: unknown): Promise<void> {
    tell("queue.troubled", { queue: "events", error });
    await setTimeout(retryMs);
  }

  function pass({ events, seq }: News): void {
    head = seq;
    if (events.length) for (const listener of [...listeners]) listener(events);
  }

  const following = follow();
  return {
    head: () => head,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      isStopping = true;
      redis.disconnect();
      await following;
    },
  };
}
