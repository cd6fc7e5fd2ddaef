import { z } from "zod";
import type { Board } from "../board.ts";
import { calendar } from "../feeds/calendar.ts";
import { missing, operation, type Operation } from "../operation.ts";
import { byWindow, maintenancesOf, MaintenanceView } from "../views/maintenance.ts";

interface Dependencies {
  board: Board;
}

const Maintenances = z.object({ maintenances: z.array(MaintenanceView) });
const Asked = z.strictObject({
  provider: z.string().optional(),
  state: z
    .enum(["ahead", "over", "all"])
    .default("all")
    .describe("Whether it must be ahead or under way, or over."),
});

/** `/api/v1/maintenances`: what is planned, as JSON and as a calendar. */
export function maintenances({ board }: Dependencies): Operation[] {
  async function find({ provider, state }: z.infer<typeof Asked>): Promise<MaintenanceView[]> {
    const found = (await board.all())
      .filter(({ id }) => provider === undefined || id === provider)
      .flatMap(maintenancesOf)
      .filter(({ isAhead }) => state === "all" || isAhead === (state === "ahead"));
    return found.sort(byWindow);
  }

  return [
    operation({
      path: "/api/v1/maintenances",
      summary: "Maintenances ahead, the soonest first, then those that are over, the newest first.",
      asks: Asked,
      answers: Maintenances,
      perform: async (asked) => ({ maintenances: await find(asked) }),
    }),
    operation({
      path: "/api/v1/maintenances.ics",
      summary: "The same as a calendar to subscribe to (iCalendar, RFC 5545).",
      asks: Asked,
      type: "text/calendar",
      perform: async (asked) => calendar(await find(asked)),
    }),
    operation({
      path: "/api/v1/maintenances/:id",
      summary: "One maintenance with all its updates.",
      asks: z.strictObject({ id: z.string() }),
      answers: MaintenanceView,
      mayBeMissing: true,
      async perform({ id }) {
        const watched = await board.everOne(id.split(":", 1)[0] ?? "");
        const maintenance = watched && maintenancesOf(watched).find((one) => one.id === id);
        if (!maintenance) throw missing("maintenance", id);
        return maintenance;
      },
    }),
  ];
}
