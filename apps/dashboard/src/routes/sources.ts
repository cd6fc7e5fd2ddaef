import { type Log, Payload, type Payloads, type Readings } from "@statuswire/store";
import { z } from "zod";
import type { Board } from "../board.ts";
import { missing, notWatched, operation, type Operation } from "../operation.ts";
import { EventsAsked, readEvents } from "../read-events.ts";
import { sourceView, SourceView } from "../views/source.ts";

interface Dependencies {
  board: Board;
  log: Log;
  readings: Readings;
  payloads: Payloads;
}

const asks = z.strictObject({ id: z.string() });

/** `/api/v1/providers/:id/source`: how a page is read, and how that goes. */
export function sources({ board, log, readings, payloads }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/providers/:id/source",
      summary: "How a provider's page is read: format, last polls, next poll, how far we are behind the vendor.",
      asks,
      answers: SourceView,
      mayBeMissing: true,
      async perform({ id }) {
        const watched = await board.one(id);
        if (!watched) throw await notWatched(board, id);
        const [reading, { events }] = await Promise.all([
          readings.of(id),
          readEvents(log, EventsAsked.parse({ provider: id, limit: 50 })),
        ]);
        return sourceView(watched, { reading, events });
      },
    }),
    operation({
      path: "/api/v1/providers/:id/payload",
      summary:
        "What the page said, as it said it, the last time that it said something new; at most its first 64 Ki characters.",
      asks,
      answers: Payload,
      mayBeMissing: true,
      async perform({ id }) {
        const payload = await payloads.of(id);
        if (!payload) throw missing("payload of the provider", id);
        return payload;
      },
    }),
  ];
}
