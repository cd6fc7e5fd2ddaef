import type { Log } from "@statuswire/store";
import { z } from "zod";
import type { Board } from "../board.ts";
import { missing, operation, type Operation } from "../operation.ts";
import { pastIncidents } from "../past-incidents.ts";
import { Seq } from "../seq.ts";
import { byUrgency, incidentsOf, IncidentView } from "../views/incident.ts";

interface Dependencies {
  board: Board;
  log: Log;
}

const Incidents = z.object({ incidents: z.array(IncidentView) });
const Asked = z.strictObject({
  provider: z.string().optional(),
  state: z.enum(["open", "over", "all"]).default("all").describe("Whether it must be open, or over."),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

const SearchAsked = z.strictObject({
  q: z
    .string()
    .min(1)
    .max(200)
    .describe("Words that product, status or title contain, in any case. Absent: all of them.")
    .optional(),
  provider: z.string().optional(),
  before: Seq.describe("Where an earlier search has come to: its `previous`.").optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const FoundIncidents = z.object({
  incidents: z.array(IncidentView),
  previous: Seq.nullable().describe(
    "Give it as `before` to search on. Null when the whole log has been searched.",
  ),
});
export type FoundIncidents = z.infer<typeof FoundIncidents>;

/** `/api/v1/incidents`: what is going wrong, and what went wrong lately. */
export function incidents({ board, log }: Dependencies): Operation[] {
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
      path: "/api/v1/incidents/search",
      summary:
        "Incidents of which any event in the log says these words, for as long as the log is kept, also of providers that are not watched any more; the newest first.",
      asks: SearchAsked,
      answers: FoundIncidents,
      perform: async (asked) => pastIncidents({ log, watched: await board.ever() }, asked),
    }),
    operation({
      path: "/api/v1/incidents/:id",
      summary: "One incident with all its updates.",
      asks: z.strictObject({ id: z.string() }),
      answers: IncidentView,
      mayBeMissing: true,
      async perform({ id }) {
        const watched = await board.everOne(id.split(":", 1)[0] ?? "");
        if (!watched) throw missing("incident", id);
        const known = incidentsOf(watched).find((one) => one.id === id);
        const [incident] = known
          ? [known]
          : (await pastIncidents({ log, watched: [watched] }, { provider: watched.id, incident: id, limit: 1 }))
              .incidents;
        if (!incident) throw missing("incident", id);
        return incident;
      },
    }),
  ];
}
