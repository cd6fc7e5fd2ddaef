import { type Event, line } from "@statuswire/status";
import { z } from "zod";
import { defineKind, type Sink, type Write } from "../sink.ts";

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
  create: ({ format }, { write }) => consoleSink({ format, write }),
});

/** The console without a configuration: what `npm start` shows. */
export function consoleSink({ format, write }: z.output<typeof Options> & { write: Write }): Sink {
  const render = format === "json" ? (event: Event) => JSON.stringify(event) : line;
  const print = (event: Event) => write(`${render(event)}\n`);
  return {
    print,
    async deliver(event) {
      await print(event);
    },
  };
}
