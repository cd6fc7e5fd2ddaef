import { findEvent, type Log, type Traces } from "@statuswire/store";
import { z } from "zod";
import { missing, operation, type Operation } from "../operation.ts";
import { traceView, TraceView } from "../views/trace.ts";

interface Dependencies {
  log: Log;
  traces: Traces;
}

/** `/api/v1/events/:id/trace`: what became of an event. */
export function traces({ log, traces }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/events/:id/trace",
      summary: "What became of an event: which rules were about it, who was to be told, each try to deliver it.",
      asks: z.strictObject({ id: z.string().describe("The event's id, or its seq.") }),
      answers: TraceView,
      mayBeMissing: true,
      async perform({ id }) {
        const event = await findEvent(id, { log, traces });
        if (!event) throw missing("event", id);
        return traceView(event, await traces.of(event.seq));
      },
    }),
  ];
}
