import { PayloadError, type Snapshot } from "@statuswire/status";
import { z } from "zod";
import { flightIn, objectIn } from "../flight.ts";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  has,
  id,
  isReadable,
  list,
  type Listed,
  optional,
  parsePayload,
  raw,
  requiredList,
  silent,
  text,
  time,
  word,
} from "../payload.ts";
import { json } from "../read.ts";
import { AffairPart, incident, maintenance, maintenanceStatus } from "./instatus-affairs.ts";
import { ComponentPart, components, componentStatus, Label } from "./instatus-components.ts";

// HASISSUES says nothing of how bad they are.
const indicator = word({ UP: "none", UNDERMAINTENANCE: "maintenance" });

const Summary = z
  .object({
    page: z.object({ name: optional(text), url: optional(text), status: z.string() }),
    activeIncidents: list(AffairPart),
    activeMaintenances: list(AffairPart),
  })
  .transform(({ page: { status, ...page }, activeIncidents: incidents, activeMaintenances }): Snapshot => {
    return {
      page: { ...defined(page), indicator: indicator(status) },
      coverage: {
        components: "partial",
        incidents: coverage(incidents),
        maintenances: coverage(activeMaintenances),
      },
      components: [],
      incidents: incidents.entries.map((part) => incident(part)),
      maintenances: activeMaintenances.entries.map((part) => maintenance(part)),
    };
  });

const Rows = requiredList(ComponentPart).refine(isReadable, "nothing in it could be read");

const Components = z
  .union([Rows, z.object({ components: Rows }).transform((body) => body.components)])
  .transform((rows): Snapshot => ({ ...silent, page: {}, ...told(rows) }));

// The API's own lists, with a key, for page owners.
const Bare = z
  .union([
    requiredList(AffairPart).refine(isReadable, "nothing in it could be read"),
    AffairPart.transform((part) => ({ entries: [part] })),
  ])
  .transform(({ entries }): Snapshot => ({ ...silent, page: {}, ...affairs(entries) }));

// What the page's HTML holds of itself. Its notices are those of the last days, whatever their state.
const Site = z
  .object({
    site: z.object({
      id: optional(id),
      name: optional(Label),
      status: z.string(),
      components: list(ComponentPart),
    }),
    notices: z.record(z.string(), z.unknown()).transform((byId) => list(AffairPart).parse(Object.values(byId))),
  })
  .transform(({ site: { status, components: rows, ...page }, notices: { entries } }): Snapshot => {
    const names = new Map(rows.entries.map(({ id, name }) => [id, name]));
    return {
      ...silent,
      page: { ...defined(page), indicator: indicator(status) },
      ...told(rows),
      ...affairs(entries, names),
    };
  });

const PushPage = z
  .object({
    id: optional(id),
    url: optional(text),
    status_indicator: optional(z.string().min(1).transform(indicator)),
  })
  .transform(({ status_indicator, ...page }) => defined({ ...page, indicator: status_indicator }));

const IncidentPush = z
  .object({ page: PushPage, incident: AffairPart })
  .transform(({ page, incident: part }): Snapshot => ({ ...silent, page, incidents: [incident(part)] }));

const MaintenancePush = z
  .object({ page: PushPage, maintenance: AffairPart })
  .transform(({ page, maintenance: part }): Snapshot => ({ ...silent, page, maintenances: [maintenance(part)] }));

const ComponentPush = z
  .object({
    page: PushPage,
    component: z.object({ id, name: Label }),
    component_update: z.object({ new_status: z.string(), created_at: optional(time) }),
  })
  .transform(({ page, component: { id, name }, component_update: { new_status, created_at } }): Snapshot => {
    const status = componentStatus(new_status);
    const component = { id, name, status, ...raw(status, new_status), ...defined({ updatedAt: created_at }) };
    return { ...silent, page, components: [component] };
  });

/** Instatus, polled or pushed. https://instatus.com/help/api/public-data and /help/webhooks. */
export const instatus: Format = {
  ways: [
    ["/v3/summary.json", "/v3/components.json"],
    ["/summary.json", "/components.json"],
  ],
  read: (body) => (/^\s*</.test(body) ? embeddedSite(body) : json(body)),
  adapt: (payload) => parsePayload(shapeOf(payload), payload),
};

function embeddedSite(html: string): unknown {
  const flight = flightIn(html);
  const [site, notices] = [objectIn(flight, "site"), objectIn(flight, "notices")];
  if (site === undefined) throw new PayloadError("The payload is an HTML page, and not one of Instatus's.");
  return { site, notices: notices ?? {} };
}

function shapeOf(payload: unknown): z.ZodType<Snapshot> {
  if (has(payload, "component_update")) return ComponentPush;
  if (has(payload, "maintenance")) return MaintenancePush;
  if (has(payload, "incident")) return IncidentPush;
  if (has(payload, "site")) return Site;
  if (has(payload, "page")) return Summary;
  const [first] = Array.isArray(payload) ? (payload as unknown[]) : [payload];
  return has(first, "updates") ? Bare : Components;
}

// One list may hold both; a maintenance is told by its states.
function affairs(parts: readonly AffairPart[], names?: ReadonlyMap<string, string>) {
  const isMaintenance = ({ status }: AffairPart) => maintenanceStatus(status) !== "unknown";
  return {
    incidents: parts.filter((part) => !isMaintenance(part)).map((part) => incident(part, names)),
    maintenances: parts.filter(isMaintenance).map((part) => maintenance(part, names)),
  };
}

function told(rows: Listed<ComponentPart>): Pick<Snapshot, "coverage" | "components"> {
  const isWhole = rows.whole && rows.entries.every(({ children }) => children.whole);
  return {
    coverage: { ...silent.coverage, components: isWhole ? "full" : "partial" },
    components: components(rows.entries),
  };
}
