import { json, type Asked, type Document } from "../document.ts";
import type { Incident, Maintenance, Page } from "../world.ts";
import { componentShapes, incidentShape, maintenanceShape, pageShape, statusShape } from "./statuspage-shapes.ts";

/** The lists of everything hold so many; those of what is open are never cut. */
const longest = 50;

/** Atlassian Statuspage, `/api/v2/*`. https://developer.statuspage.io */
export function statuspage(page: Page, { path, origin }: Asked): Document | undefined {
  const said = lists[path]?.(page, origin) ?? one(page, { path, origin });
  return said && json({ page: pageShape(page, origin), ...said });
}

const lists: Record<string, (page: Page, origin: string) => object> = {
  "/api/v2/summary.json": (page, origin) => ({
    components: componentShapes(page),
    incidents: incidents(page.incidents.filter(isOpen), page, origin),
    scheduled_maintenances: maintenances(page.maintenances.filter(isAhead), page, origin),
    status: statusShape(page),
  }),
  "/api/v2/status.json": (page) => ({ status: statusShape(page) }),
  "/api/v2/components.json": (page) => ({ components: componentShapes(page) }),
  "/api/v2/incidents.json": (page, origin) => ({
    incidents: incidents(page.incidents.slice(-longest), page, origin),
  }),
  "/api/v2/incidents/unresolved.json": (page, origin) => ({
    incidents: incidents(page.incidents.filter(isOpen), page, origin),
  }),
  "/api/v2/scheduled-maintenances.json": (page, origin) => ({
    scheduled_maintenances: maintenances(page.maintenances.slice(-longest), page, origin),
  }),
  "/api/v2/scheduled-maintenances/upcoming.json": (page, origin) => ({
    scheduled_maintenances: maintenances(
      page.maintenances.filter(({ status }) => status === "scheduled"),
      page,
      origin,
    ),
  }),
  "/api/v2/scheduled-maintenances/active.json": (page, origin) => ({
    scheduled_maintenances: maintenances(page.maintenances.filter(isUnderWay), page, origin),
  }),
};

function one(page: Page, { path, origin }: Asked): object | undefined {
  const id = /^\/api\/v2\/incidents\/([^/]+)\.json$/.exec(path)?.[1];
  const incident = page.incidents.find((candidate) => candidate.id === id);
  const maintenance = page.maintenances.find((candidate) => candidate.id === id);
  if (incident) return { incident: incidentShape(page, incident, origin) };
  return maintenance && { incident: maintenanceShape(page, maintenance, origin) };
}

/** Newest first. */
function incidents(chosen: readonly Incident[], page: Page, origin: string) {
  return chosen.map((incident) => incidentShape(page, incident, origin)).reverse();
}

function maintenances(chosen: readonly Maintenance[], page: Page, origin: string) {
  return chosen.map((maintenance) => maintenanceShape(page, maintenance, origin)).reverse();
}

function isOpen({ resolvedAt }: Incident): boolean {
  return resolvedAt === undefined;
}

function isAhead({ completedAt }: Maintenance): boolean {
  return completedAt === undefined;
}

function isUnderWay({ status }: Maintenance): boolean {
  return status === "in_progress" || status === "verifying";
}
