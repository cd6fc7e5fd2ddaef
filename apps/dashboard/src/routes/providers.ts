import type { Readings } from "@statuswire/store";
import { z } from "zod";
import type { Board } from "../board.ts";
import { nothingAsked, notWatched, operation, type Operation } from "../operation.ts";
import { type LastPoll, providerSummary, ProviderSummary, providerView, ProviderView } from "../views/provider.ts";

interface Dependencies {
  board: Board;
  readings: Readings;
}

const Providers = z.object({ providers: z.array(ProviderSummary) });

/** `/api/v1/providers`: who is watched, and how they are. */
export function providers({ board, readings }: Dependencies): Operation[] {
  async function lastPoll(id: string): Promise<LastPoll | undefined> {
    const { polledAt: at, outcome, failures } = await readings.of(id);
    return at === undefined || outcome === undefined ? undefined : { at, outcome, failures };
  }

  return [
    operation({
      path: "/api/v1/providers",
      summary: "Everyone who is watched, in order of id.",
      asks: nothingAsked,
      answers: Providers,
      perform: async () => ({ providers: (await board.all()).map(providerSummary) }),
    }),
    operation({
      path: "/api/v1/providers/:id",
      summary: "One provider with its components, incidents and maintenances.",
      asks: z.strictObject({ id: z.string() }),
      answers: ProviderView,
      mayBeMissing: true,
      async perform({ id }) {
        const watched = await board.one(id);
        if (!watched) throw await notWatched(board, id);
        return providerView(watched, await lastPoll(id));
      },
    }),
  ];
}
