import { z } from "zod";
import type { Board } from "../board.ts";
import { missing, operation, type Operation } from "../operation.ts";
import { byUrgency, incidentsOf, IncidentView } from "../views/incident.ts";

interface Dependencies {
  board: Board;
}

const Incidents = z.object({ incidents: z.array(IncidentView) });
const Asked = z.strictObject({
  provider: z.string().optional(),
  state: z.enum(["open", "over", "all"]).default("all").describe("Whether it must be open, or over."),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/** `/api/v1/incidents`: what is going wrong, and what went wrong lately. */
export function incidents({ board }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/incidents",
      summary: "Incidents that are open, the worst first, then those that are over, the newest first.",
      asks: Asked,
      answers: Incidents,
      async perform({ provider, state, limit }) {
        const found = (await board.all())
          .filter(({ id }) => provider === undefined || id === provider)
          .flatMap(incidentsOf)
          .filter(({ isOpen }) => state === "all" || isOpen === (state === "open"));
        return { incidents: found.sort(byUrgency).slice(0, limit) };
      },
    }),
    operation({
      path: "/api/v1/incidents/:id",
      summary: "One incident with all its updates.",
      asks: z.strictObject({ id: z.string() }),
      answers: IncidentView,
      mayBeMissing: true,
      async perform({ id }) {
        const watched = await board.one(id.split(":", 1)[0] ?? "");
        const incident = watched && incidentsOf(watched).find((one) => one.id === id);
        if (!incident) throw missing("incident", id);
        return incident;
      },
    }),
  ];
}
