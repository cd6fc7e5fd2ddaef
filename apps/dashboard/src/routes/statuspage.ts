import type { Board } from "../board.ts";
import { nothingAsked, operation, type Operation } from "../operation.ts";
import { statuspageView, type StatuspageView } from "../views/statuspage.ts";
import { z } from "zod";

interface Dependencies {
  board: Board;
}

const Answer = z.looseObject({ page: z.looseObject({ id: z.string(), name: z.string() }) });

/** `/api/v2`: the whole board in the words of Statuspage's API, for every tool that reads it. */
export function statuspage({ board }: Dependencies): Operation[] {
  const part = (path: string, show: (view: StatuspageView) => object): Operation =>
    operation({
      path: `/api/v2/${path}.json`,
      summary: `As Statuspage's \`${path}.json\`: every provider is a component.`,
      asks: nothingAsked,
      answers: Answer,
      async perform(_asked, _sent, { origin }) {
        const view = statuspageView(await board.all(), origin);
        return { page: view.page, ...show(view) };
      },
    });

  return [
    part("summary", ({ status, components, incidents, maintenances }) => ({
      ...{ status, components },
      incidents: incidents.filter(isUnresolved),
      scheduled_maintenances: maintenances.filter(isUnresolved),
    })),
    part("status", ({ status }) => ({ status })),
    part("components", ({ components }) => ({ components })),
    part("incidents", ({ incidents }) => ({ incidents })),
    part("incidents/unresolved", ({ incidents }) => ({ incidents: incidents.filter(isUnresolved) })),
    part("scheduled-maintenances", ({ maintenances }) => ({ scheduled_maintenances: maintenances })),
    part("scheduled-maintenances/upcoming", ({ maintenances }) => ({
      scheduled_maintenances: maintenances.filter((one) => one.status === "scheduled"),
    })),
    part("scheduled-maintenances/active", ({ maintenances }) => ({
      scheduled_maintenances: maintenances.filter(
        ({ status }) => status === "in_progress" || status === "verifying",
      ),
    })),
  ];
}

function isUnresolved({ resolved_at }: { resolved_at: string | null }): boolean {
  return resolved_at === null;
}
