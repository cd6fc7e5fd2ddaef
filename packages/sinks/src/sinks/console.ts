import { type Event, line } from "@statuswire/status";
import type { Sink } from "../sink.ts";

interface Options {
  /** `line`: the two-line form. `json`: one JSON object a line. */
  format: "line" | "json";
  write(text: string): void;
}

/** Standard output, which carries events and nothing else. */
export function consoleSink({ format, write }: Options): Sink {
  const render = format === "json" ? (event: Event) => JSON.stringify(event) : line;
  return {
    async deliver(event) {
      write(`${render(event)}\n`);
    },
  };
}
