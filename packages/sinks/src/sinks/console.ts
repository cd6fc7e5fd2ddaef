import { type Event, line } from "@statuswire/status";
import { z } from "zod";
import { eventJson } from "../event-json.ts";
import { defineKind, type Dependencies, type Sink } from "../sink.ts";

const Options = z.strictObject({
  format: z
    .enum(["line", "json"])
    .default("line")
    .describe("line: two lines for people; json: one JSON object a line"),
});

/** Standard output, which carries events and nothing else. */
export const console = defineKind({
  kind: "console",
  audience: "program",
  options: Options,
  create: ({ format }, dependencies) => consoleSink({ format, ...dependencies }),
});

type ConsoleOptions = z.output<typeof Options> & Pick<Dependencies, "write" | "pageOf">;

/** The console without a configuration: what `npm start` shows. */
export function consoleSink({ format, write, ...pages }: ConsoleOptions): Sink {
  const render = format === "json" ? (event: Event) => eventJson(event, pages) : line;
  const print = (event: Event) => write(`${render(event)}\n`);
  return {
    print,
    async deliver(event) {
      await print(event);
    },
  };
}
