import type { ConfiguredSink } from "@statuswire/config";
import type { Healths } from "@statuswire/store";
import { z } from "zod";
import { nothingAsked, operation, type Operation } from "../operation.ts";
import { sinkView, SinkView } from "../views/sink.ts";

interface Dependencies {
  healths: Pick<Healths, "of">;
  /** The configured ones, as they are now. */
  sinks(): readonly ConfiguredSink[];
}

export const SinksView = z.object({ sinks: z.array(SinkView) });

/** `/api/v1/sinks`: where events go, and whether they arrive. */
export function sinks({ healths, sinks: configured }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/sinks",
      summary: "The configured sinks, and whether events arrive there.",
      asks: nothingAsked,
      answers: SinksView,
      perform: async () => ({
        sinks: await Promise.all(configured().map(async (sink) => sinkView(sink, await healths.of(sink.name)))),
      }),
    }),
  ];
}
