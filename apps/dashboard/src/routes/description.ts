import { z } from "zod";
import { nothingAsked, operation, type Operation } from "../operation.ts";
import { EventView } from "../views/event.ts";

/** What the API says of itself, for programs: worked out when first asked for. `/api/v1/docs` says it to people. */
export function selfDescription(describe: () => object): Operation[] {
  let document: object | undefined;
  let eventSchema: object | undefined;
  return [
    operation({
      path: "/api/v1/openapi.json",
      summary: "The API's description (OpenAPI 3.1).",
      asks: nothingAsked,
      answers: z.looseObject({ openapi: z.string() }),
      perform: async () => (document ??= describe()),
    }),
    operation({
      path: "/api/v1/event.schema.json",
      summary: "The JSON Schema of an event, as the log and the stream tell it.",
      asks: nothingAsked,
      answers: z.looseObject({ title: z.string() }),
      perform: async () => (eventSchema ??= schemaOfEvent()),
    }),
  ];
}

function schemaOfEvent(): object {
  return { title: "Event", ...z.toJSONSchema(EventView, { unrepresentable: "any" }) };
}
