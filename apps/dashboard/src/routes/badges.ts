import { z } from "zod";
import type { Board } from "../board.ts";
import { badge } from "../feeds/badge.ts";
import { missing, notWatched, operation, type Operation } from "../operation.ts";
import { shownState } from "../views/headline.ts";
import { providerSummary } from "../views/provider.ts";

interface Dependencies {
  board: Board;
}

const Asked = z.strictObject({
  id: z.string(),
  component: z
    .string()
    .describe("A component's name or the vendor's id of it, instead of the whole provider.")
    .optional(),
});

/** `/api/v1/providers/:id/badge.svg`: a state to embed elsewhere. */
export function badges({ board }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/providers/:id/badge.svg",
      summary: "The state of a provider, or of one of its components, as a badge (SVG).",
      asks: Asked,
      type: "image/svg+xml",
      mayBeMissing: true,
      async perform({ id, component }) {
        const watched = await board.one(id);
        if (!watched) throw await notWatched(board, id);
        if (component === undefined) return badge(watched.name, shownState(providerSummary(watched)));
        const found = [...watched.known.components.values()].find(
          (one) => one.id === component || one.name === component,
        );
        if (!found) throw missing("component", component);
        return badge(`${watched.name} ${found.name}`, watched.known.page.stale ? "unknown" : found.status);
      },
    }),
  ];
}
