import { z } from "zod";
import type { Board } from "../board.ts";
import type { LagStatistics } from "../lag-statistics.ts";
import { operation, type Operation } from "../operation.ts";
import { LagView, lagViews } from "../views/lag-view.ts";

interface Dependencies {
  board: Board;
  lags: LagStatistics;
}

/** `/api/v1/lag`: how far behind the vendor we see events, and how long after that sinks have them. */
export function lags({ board, lags: statistics }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/lag",
      summary:
        "How long events took to be seen and to be delivered, over 7 and 30 days: by sink, or by provider; of one provider, by sink; of one sink, by provider.",
      asks: z.strictObject({
        provider: z.string().describe("The id of one provider.").optional(),
        sink: z.string().describe("The name of one sink.").optional(),
        by: z
          .enum(["sink", "provider"])
          .default("sink")
          .describe("What it is told by when neither `provider` nor `sink` is given."),
      }),
      answers: z.object({ lags: z.array(LagView) }),
      async perform(wanted) {
        const [windows, all] = await Promise.all([statistics.lately(), board.all()]);
        const watched = new Set(all.map(({ id }) => id));
        const isListed = ({ provider }: LagView) =>
          provider === undefined || provider === wanted.provider || watched.has(provider);
        return { lags: lagViews(windows, wanted).filter(isListed) };
      },
    }),
  ];
}
