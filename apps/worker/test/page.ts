import {
  createPage,
  createWorld,
  forgetEnded,
  openIncident,
  type Page,
  resolveIncident,
  type Simulator,
  startSimulator,
  updateIncident,
} from "@statuswire/simulator";
import { at, type Entry } from "./stage.ts";

/** Quiet Statuspage pages of these names, being served. */
export async function servePages(...ids: string[]): Promise<Simulator> {
  const components = ["API", "Search"];
  const pages = ids.map((id) =>
    createPage({ id, vendor: "statuspage", name: `The ${id}`, components, at: at(-60) }),
  );
  return startSimulator({ world: createWorld(pages) });
}

/** Those pages as a configuration has them. */
export function entries(pages: Simulator, ...ids: string[]): Entry[] {
  return ids.map((id) => ({ id, page: pages.pageUrl(id), format: "statuspage", every: 60 }));
}

/** Opens an incident on a page, so many minutes after noon. */
export function breaks(minutes: number, title = "Delays") {
  return (page: Page): Page =>
    openIncident(page, {
      title,
      impact: "minor",
      status: "investigating",
      body: `We are investigating ${title}.`,
      affects: { API: "degraded_performance" },
      at: at(minutes),
    });
}

/** Says more about the newest incident. */
export function says(minutes: number, body: string) {
  return (page: Page): Page => updateIncident(page, newest(page), { status: "identified", body, at: at(minutes) });
}

/** Closes every incident, and lists none of them any more. */
export function mends(minutes: number) {
  return (page: Page): Page =>
    page.incidents.reduce(
      (mended, { id }) => resolveIncident(mended, id, { body: "All is well.", at: at(minutes) }),
      page,
    );
}

/** Takes every incident off the page, as if it had never been. */
export function retracts(page: Page): Page {
  const components = page.components.map((component) => ({ ...component, status: "operational" as const }));
  return { ...forgetEnded(page, 0), components, incidents: [], revision: page.revision + 1 };
}

function newest({ incidents }: Page): string {
  return incidents.at(-1)?.id ?? "none";
}
