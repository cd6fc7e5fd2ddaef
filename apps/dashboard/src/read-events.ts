import { type Event, Time } from "@statuswire/status";
import { type Log, placeOf } from "@statuswire/store";
import { z } from "zod";
import { compareSeqs, Seq } from "./seq.ts";
import { selectionFields, selects } from "./selection.ts";

/** How the log can be asked. */
export const EventsAsked = z.strictObject({
  ...selectionFields,
  after: Seq.describe("Only what was recorded after this place, the oldest of it first.").optional(),
  before: Seq.describe("Only what was recorded before this place, the newest of it.").optional(),
  since: Time.or(z.iso.datetime({ offset: true }))
    .describe("Only what was recorded from this time on.")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type EventsAsked = z.infer<typeof EventsAsked>;

/** A page of the log, oldest first, and where the pages beside it begin. */
export interface EventsRead {
  events: Event[];
  /** For `after`: what comes later. Null while the log is empty. */
  next: string | null;
  /** For `before`: what came earlier. Null when that is all. */
  previous: string | null;
}

/** A search looks through so many events at a time; the cursors lead on from there. */
const mostScanned = 20_000;
const largestBatch = 1000;

/** Reads a page of the log: what comes after a place, else the newest, else the newest before a place. */
export async function readEvents(log: Log, asked: EventsAsked): Promise<EventsRead> {
  return asked.after === undefined ? readBack(log, asked) : readOn(log, asked, asked.after);
}

async function readOn(log: Log, asked: EventsAsked, after: string): Promise<EventsRead> {
  const isWanted = selects(asked);
  const floor = floorOf(asked);
  const start = compareSeqs(after, floor) < 0 ? floor : after;
  const batch = batchOf(asked);
  const found: Event[] = [];
  let next = start;
  for (let scanned = 0; scanned < mostScanned; scanned += batch) {
    const events = await log.after(next, batch);
    for (const event of events) {
      if (asked.before !== undefined && compareSeqs(event.seq, asked.before) >= 0)
        return { events: found, next, previous: found[0]?.seq ?? null };
      if (isWanted(event)) found.push(event);
      next = event.seq;
      if (found.length === asked.limit) return { events: found, next, previous: found[0]?.seq ?? null };
    }
    if (!events.length) break;
  }
  return { events: found, next, previous: found[0]?.seq ?? start };
}

async function readBack(log: Log, asked: EventsAsked): Promise<EventsRead> {
  const isWanted = selects(asked);
  const floor = floorOf(asked);
  const batch = batchOf(asked);
  const found: Event[] = [];
  let newest: string | undefined;
  let before = asked.before;
  const answer = (previous: string | null): EventsRead => ({
    events: found.toReversed(),
    next: newest ?? asked.before ?? null,
    previous,
  });
  for (let scanned = 0; scanned < mostScanned; scanned += batch) {
    const events = await log.newest(batch, before);
    for (const event of events) {
      if (compareSeqs(event.seq, floor) <= 0) return answer(null);
      newest ??= event.seq;
      before = event.seq;
      if (isWanted(event)) found.push(event);
      if (found.length === asked.limit) return answer(before);
    }
    if (!events.length) return answer(null);
  }
  return answer(before ?? null);
}

// The least seq that lies before all that is wanted.
function floorOf({ since }: EventsAsked): string {
  return since === undefined ? "0-0" : placeOf(Date.parse(since));
}

function batchOf({ provider, type, incident, q, limit }: EventsAsked): number {
  return [provider, type, incident, q].some((filter) => filter !== undefined) ? largestBatch : limit;
}
