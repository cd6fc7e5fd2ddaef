import { json, type Asked, type Document } from "../document.ts";
import { indicator } from "../indicator.ts";
import { wholeSeconds } from "../times.ts";
import type { Impact, Incident, Page } from "../world.ts";
import { incidentioProxy } from "./incidentio-proxy.ts";

/** incident.io cuts its lists of components and of all incidents at so many. */
const longest = 25;

/** incident.io: its Statuspage-compatible `/api/v2/*` with its gaps, and its own `/proxy/<host>`. */
export function incidentio(page: Page, { path, origin }: Asked): Document | undefined {
  if (path.startsWith("/proxy/")) return incidentioProxy(page, { path, origin });
  const said = lists[path]?.(page);
  return said && json({ page: pageShape(page, origin), ...said });
}

// A quiet page leaves `incidents` out; maintenances are never told.
const lists: Record<string, (page: Page) => object> = {
  "/api/v2/summary.json": (page) => ({
    components: componentShapes(page),
    ...unlessEmpty(
      page,
      page.incidents.filter(({ resolvedAt }) => resolvedAt === undefined),
    ),
    status: statusShape(page),
  }),
  "/api/v2/status.json": (page) => ({ status: statusShape(page) }),
  "/api/v2/components.json": (page) => ({ components: componentShapes(page) }),
  "/api/v2/incidents.json": (page) => unlessEmpty(page, page.incidents.slice(-longest)),
};

function unlessEmpty(page: Page, incidents: readonly Incident[]) {
  if (incidents.length === 0) return {};
  return {
    incidents: incidents.map((incident) => incidentShape(page, incident)).reverse(),
  };
}

function pageShape(page: Page, origin: string) {
  return { id: page.vendorId, name: page.name, updated_at: wholeSeconds(page.updatedAt), url: `${origin}/` };
}

const descriptions: Record<Impact, string> = {
  none: "All Systems Operational",
  minor: "Partial System Degradation",
  major: "Partial System Outage",
  critical: "Full System Outage",
};

function statusShape(page: Page) {
  const word = indicator(page);
  return word === "maintenance"
    ? { description: "Under Maintenance", indicator: "none" }
    : { description: descriptions[word], indicator: word };
}

/** At most 25, in an order that turns with every publication; `position` is the place in it. */
function componentShapes(page: Page) {
  const turn = page.revision % Math.max(1, page.components.length);
  return [...page.components.slice(turn), ...page.components.slice(0, turn)]
    .slice(0, longest)
    .map(({ id, name, status, createdAt }, position) => ({
      created_at: wholeSeconds(createdAt),
      id,
      name,
      page_id: page.vendorId,
      position,
      status,
      updated_at: wholeSeconds(page.updatedAt),
    }));
}

function incidentShape(page: Page, { id, title, status, impact, ...incident }: Incident) {
  return {
    id,
    name: title,
    status,
    impact,
    page_id: page.vendorId,
    created_at: wholeSeconds(incident.createdAt),
    updated_at: wholeSeconds(incident.updatedAt),
    ...(incident.resolvedAt && { resolved_at: wholeSeconds(incident.resolvedAt) }),
    incident_updates: incident.updates.map((update) => updateShape(id, update)).reverse(),
  };
}

function updateShape(incident_id: string, { id, status, body, at }: Incident["updates"][number]) {
  const told = wholeSeconds(at);
  return { id, body, created_at: told, display_at: told, incident_id, status, updated_at: told };
}
