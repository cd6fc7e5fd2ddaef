import type { Log } from "@statuswire/store";
import { z } from "zod";
import { csv } from "../feeds/csv.ts";
import { atom, rss } from "../feeds/syndication.ts";
import { missing, operation, type Operation } from "../operation.ts";
import { EventsAsked, readEvents } from "../read-events.ts";
import { Seq } from "../seq.ts";
import { eventView, EventView } from "../views/event.ts";

interface Dependencies {
  log: Log;
}

const Events = z.object({
  events: z.array(EventView).describe("Oldest first."),
  next: Seq.nullable().describe("Give it as `after` for what comes later."),
  previous: Seq.nullable().describe("Give it as `before` for what came earlier. Null when that is all."),
});

/** `/api/v1/events`: the log, as JSON, as a table, as feeds. */
export function events({ log }: Dependencies): Operation[] {
  const read = async (asked: EventsAsked) => (await readEvents(log, asked)).events;
  const newestFirst = async (asked: EventsAsked) => (await read(asked)).toReversed();

  return [
    operation({
      path: "/api/v1/events",
      summary: "A page of the log: what comes after a place, else the newest.",
      asks: EventsAsked,
      answers: Events,
      async perform(asked) {
        const { events, ...cursors } = await readEvents(log, asked);
        return { events: events.map(eventView), ...cursors };
      },
    }),
    operation({
      path: "/api/v1/events.csv",
      summary: "The same as a table (CSV, RFC 4180).",
      asks: EventsAsked,
      type: "text/csv",
      perform: async (asked) => csv(await read(asked)),
    }),
    operation({
      path: "/api/v1/events.atom",
      summary: "The same as an Atom feed.",
      asks: EventsAsked,
      type: "application/atom+xml",
      perform: async (asked, _sent, place) => atom(await newestFirst(asked), place),
    }),
    operation({
      path: "/api/v1/events.rss",
      summary: "The same as an RSS feed.",
      asks: EventsAsked,
      type: "application/rss+xml",
      perform: async (asked, _sent, place) => rss(await newestFirst(asked), place),
    }),
    operation({
      path: "/api/v1/events/:seq",
      summary: "The event at a place.",
      asks: z.strictObject({ seq: Seq }),
      answers: EventView,
      mayBeMissing: true,
      async perform({ seq }) {
        const event = await log.at(seq);
        if (!event) throw missing("event at", seq);
        return eventView(event);
      },
    }),
  ];
}
