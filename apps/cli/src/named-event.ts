import type { Event } from "@statuswire/status";
import { createLog, createTraces, findEvent } from "@statuswire/store";
import type { Redis } from "ioredis";
import { invocation } from "./invocation.ts";

/** The event that is meant: by its place, by its id, or as the so-manieth newest. Throws an error that says how to name one. */
export async function eventNamed(redis: Redis, named: string): Promise<Event> {
  const log = createLog(redis);
  const event = /^\d{1,4}$/.test(named)
    ? (await log.newest(Number(named))).at(Number(named) - 1)
    : await findEvent(named, { log, traces: createTraces(redis) });
  if (event) return event;
  throw new Error(
    `There is no event ${named}. Name one by its seq or id, as \`${invocation} events --json\` shows them, or 1 for the newest.`,
  );
}
