import { type Event, recordedAt, Ruling, Time } from "@statuswire/status";
import { Attempt, type Trace } from "@statuswire/store";
import { z } from "zod";
import { eventView, EventView } from "./event.ts";

/** What became of an event: when it was posted, seen and recorded, what was decided, and each try to deliver it. */
export const TraceView = z.object({
  event: EventView,
  postedAt: Time.describe("When the vendor says it happened."),
  seenAt: Time.describe("When we saw it."),
  recordedAt: Time.describe("When it came into the log."),
  ruling: Ruling.nullable().describe("Null: nothing was decided yet, or it is 30 days ago."),
  attempts: z.array(Attempt).describe("Oldest first; of very many, the newest 200."),
});
export type TraceView = z.infer<typeof TraceView>;

/** An event's trace as the API shows it. */
export function traceView(event: Event, { ruling, attempts }: Trace): TraceView {
  return {
    event: eventView(event),
    postedAt: event.timestamp,
    seenAt: event.observedAt,
    recordedAt: new Date(recordedAt(event.seq)).toISOString(),
    ruling: ruling ?? null,
    attempts,
  };
}
