import { z } from "zod";
import { nothingAsked, operation, type Operation } from "../operation.ts";
import { EventView } from "../views/event.ts";

/** What the API says of itself, for programs. `/api/v1/docs` says it to people. */
export function selfDescription(document: object): Operation[] {
  const eventSchema = { title: "Event", ...z.toJSONSchema(EventView, { unrepresentable: "any" }) };
  return [
    operation({
      path: "/api/v1/openapi.json",
      summary: "The API's description (OpenAPI 3.1).",
      asks: nothingAsked,
      answers: z.looseObject({ openapi: z.string() }),
      perform: () => Promise.resolve(document),
    }),
    operation({
      path: "/api/v1/event.schema.json",
      summary: "The JSON Schema of an event, as the log and the stream tell it.",
      asks: nothingAsked,
      answers: z.looseObject({ title: z.string() }),
      perform: () => Promise.resolve(eventSchema),
    }),
  ];
}
