import { Event, NewerVersionError } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";

export interface Log {
  /** Events after a place, oldest first. From the beginning without one. */
  after(seq: string | undefined, count: number): Promise<Event[]>;
  /** The newest events, newest first; before a place, if one is given. */
  newest(count: number, before?: string): Promise<Event[]>;
  /** The event at a place, or undefined when there is none any more. Throws NewerVersionError for one that is not ours to read. */
  at(seq: string): Promise<Event | undefined>;
}

/** The place from which `since` (epoch ms) is the past: everything recorded later comes after it. */
export function placeOf(since: number): string {
  return `${Math.max(0, since - 1)}-18446744073709551615`;
}

/** Reads the event log. A place is a stream id: milliseconds of Redis' clock and a count. */
export function createLog(redis: Redis): Log {
  return {
    async after(seq, count) {
      const start = seq === undefined ? "-" : `(${seq}`;
      return decodeAll(await redis.xrange(keys.events, start, "+", "COUNT", count));
    },
    async newest(count, before) {
      const start = before === undefined ? "+" : `(${before}`;
      return decodeAll(await redis.xrevrange(keys.events, start, "-", "COUNT", count));
    },
    async at(seq) {
      const entries = await redis.xrange(keys.events, seq, seq);
      if (entries.some(isNewer)) throw new NewerVersionError("The event");
      return decodeAll(entries)[0];
    },
  };
}

/** What has come to the log, and the place to go on from: past what could not be read, too. */
export interface News {
  events: Event[];
  seq: string;
}

/** Waits up to `blockMs` for events after a place. Needs a connection of its own: it blocks. */
export async function awaitEvents(redis: Redis, seq: string, { blockMs = 5000, count = 100 } = {}): Promise<News> {
  const answer = await redis.xread("COUNT", count, "BLOCK", blockMs, "STREAMS", keys.events, seq);
  const entries = answer?.[0]?.[1] ?? [];
  return { events: decodeAll(entries), seq: entries.at(-1)?.[0] ?? seq };
}

export type Entry = [id: string, fields: string[]];

/** The version that an entry is written in: its field `v`, and without one the first. */
const newest = 1;

/** Whether an entry is for a newer version of this program to read. */
export function isNewer([, fields]: Entry): boolean {
  const version = fields.findIndex((field, index) => index % 2 === 0 && field === "v");
  return version >= 0 && Number(fields[version + 1]) > newest;
}

/** Stream entries as events. What can't be read is left out. */
export function decodeAll(entries: Entry[]): Event[] {
  return entries.flatMap((entry) => {
    if (isNewer(entry)) return [];
    const [seq, fields] = entry;
    const json = fields[fields.indexOf("event") + 1];
    const event = Event.safeParse({ ...parse(json), seq });
    return event.success ? [event.data] : [];
  });
}

function parse(json: string | undefined): object {
  try {
    return JSON.parse(json ?? "{}") as object;
  } catch {
    return {};
  }
}
