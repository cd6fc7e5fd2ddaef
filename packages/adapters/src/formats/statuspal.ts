import {
  type Component,
  type Impact,
  type Incident,
  isOver,
  type Maintenance,
  type Snapshot,
  type Update,
} from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import {
  coverage,
  defined,
  history,
  id,
  isReadable,
  list,
  optional,
  parsePayload,
  raw,
  requiredList,
  section,
  text,
  word,
} from "../payload.ts";
import { utcTime } from "../iso.ts";

// The types of incidents are the states of services. A page may define its own, such as "emergency-maintenance".
const componentStatus = word({
  degraded: "degraded_performance",
  minor: "partial_outage",
  major: "major_outage",
  scheduled: "under_maintenance",
  maintenance: "under_maintenance",
});
const impact = word({
  degraded: "minor",
  minor: "minor",
  major: "major",
  scheduled: "maintenance",
  maintenance: "maintenance",
});
// An update has a type too; only some of them are states.
const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
});

const Type = z.string().nullable();

const LeafPart = z.object({ id, name: z.string().trim(), current_incident_type: Type });
type LeafPart = z.infer<typeof LeafPart>;
const ServicePart = LeafPart.extend({ children: list(LeafPart.extend({ children: list(LeafPart) })) });
type ServicePart = z.infer<typeof ServicePart>;

// Times have no offset. They are UTC: a page in Zurich announces 14:00 of its own time in a text stored as of 11:44.
const UpdatePart = z
  .object({ id, type: optional(z.string()), description: optional(text), posted_at: optional(utcTime) })
  .extend({ inserted_at: optional(utcTime) })
  .transform(({ posted_at, inserted_at, ...part }) => ({ ...part, at: posted_at ?? inserted_at }))
  .refine((part): part is typeof part & { at: string } => part.at !== undefined, "an update has a time")
  .transform(({ id, type = "", description: body = "", at }): Update => ({ id, status: type, body, at }));

const AffairPart = z.object({
  id,
  type: optional(z.string()),
  title: z.string().trim(),
  url: optional(text),
  starts_at: optional(utcTime),
  ends_at: optional(utcTime),
  updated_at: optional(utcTime),
  service_ids: list(id),
  updates: list(UpdatePart),
});
type AffairPart = z.infer<typeof AffairPart>;

const Summary = z.object({
  status_page: z.object({ name: optional(text), subdomain: optional(id), current_incident_type: Type }),
  services: requiredList(ServicePart).refine(isReadable, "nothing in it could be read"),
  incidents: section(AffairPart),
  maintenances: section(AffairPart),
  upcoming_maintenances: section(AffairPart),
});

/** StatusPal's public summary. https://www.statuspal.io/api-docs/v2 */
export const statuspal: Format = {
  ways: [[(page) => summaryOf(page, "https://statuspal.io")], [(page) => summaryOf(page, "https://statuspal.eu")]],
  adapt: (payload, told) => snapshot(parsePayload(Summary, payload), told),
};

// A page on its own domain is given by its summary's URL: nothing in the domain tells the subdomain.
function summaryOf(page: URL, api: string): URL {
  const subdomain = /^([a-z0-9-]+)\.statuspal\.(?:io|eu)$/.exec(page.hostname)?.[1];
  return subdomain ? new URL(`/api/v2/status_pages/${subdomain}/summary`, api) : page;
}

function snapshot({ status_page, services, ...said }: z.infer<typeof Summary>, { at }: Told): Snapshot {
  const { name, subdomain, current_incident_type } = status_page;
  const names = new Map(services.entries.flatMap(tree).map(({ id, name }) => [id, name]));
  const incidents = (said.incidents?.entries ?? []).map((part) => incident(part, { names, at }));
  const ongoing = (said.maintenances?.entries ?? []).map((part) => maintenance(part, "in_progress", names));
  const planned = (said.upcoming_maintenances?.entries ?? []).map((part) => maintenance(part, "scheduled", names));
  const troubles = [...incidents.filter((one) => !isOver(one)), ...ongoing];
  const isWhole = coverage(said.maintenances) === "full" && coverage(said.upcoming_maintenances) === "full";
  return {
    page: {
      ...defined({ id: subdomain, name }),
      indicator: indicator(current_incident_type, troubles.length > 0),
    },
    coverage: {
      components: coverage({ ...services, whole: services.entries.every(isWholeTree) && services.whole }),
      incidents: coverage(said.incidents),
      maintenances: isWhole ? "full" : "partial",
    },
    components: components(
      services.entries,
      new Set(troubles.flatMap((one) => one.components.flatMap(({ id }) => id ?? []))),
    ),
    incidents,
    maintenances: [...ongoing, ...planned],
  };
}

// Nothing is said of what is well. Where an open incident says otherwise, neither is believed.
function indicator(theirs: string | null, isInTrouble: boolean): Impact {
  if (theirs !== null) return impact(theirs);
  return isInTrouble ? "unknown" : "none";
}

function tree(service: ServicePart): LeafPart[] {
  return [service, ...service.children.entries.flatMap((child) => [child, ...child.children.entries])];
}

function isWholeTree({ children }: ServicePart): boolean {
  return children.whole && children.entries.every((child) => child.children.whole);
}

interface Leaf {
  leaf: LeafPart;
  group?: string;
}

// A service with parts is in the state of its parts.
function components(services: readonly ServicePart[], troubled: ReadonlySet<string>): Component[] {
  const grouped = services.flatMap((service): Leaf[] => {
    const { children, name } = service;
    if (!children.entries.length) return [{ leaf: service }];
    return children.entries.flatMap((child): Leaf[] => {
      const leaves = child.children.entries.map((leaf) => ({ leaf, group: `${name} - ${child.name}` }));
      return leaves.length ? leaves : [{ leaf: child, group: name }];
    });
  });
  return grouped.map(({ leaf: { id, name, current_incident_type: theirs }, group }) => {
    const status = theirs !== null ? componentStatus(theirs) : troubled.has(id) ? "unknown" : "operational";
    return { id, name, status, ...(theirs === null ? {} : raw(status, theirs)), ...defined({ group }) };
  });
}

type Names = ReadonlyMap<string, string>;

// The page says when one ended, and else that it is open; how far they are with it, only in some types of update.
function incident(part: AffairPart, { names, at }: { names: Names; at: string }): Incident {
  const common = affair(part, names);
  const { starts_at: startedAt, ends_at } = part;
  const newest = common.updates.findLast(({ status }) => incidentStatus(status) !== "unknown")?.status ?? "";
  const isOver = ends_at !== undefined && ends_at <= at;
  const status = isOver
    ? "resolved"
    : incidentStatus(newest) === "unknown"
      ? "investigating"
      : incidentStatus(newest);
  const resolvedAt = status === "resolved" ? ends_at : undefined;
  return { ...common, status, impact: impact(part.type ?? ""), ...defined({ startedAt, resolvedAt }) };
}

function maintenance(part: AffairPart, status: Maintenance["status"], names: Names): Maintenance {
  const { starts_at: scheduledFor, ends_at: scheduledUntil } = part;
  return { ...affair(part, names), status, impact: "maintenance", ...defined({ scheduledFor, scheduledUntil }) };
}

function affair({ id, title, url, updated_at, service_ids, updates: said }: AffairPart, names: Names) {
  const updates = history(said.entries);
  const components = service_ids.entries.flatMap((id) =>
    names.has(id) ? [{ id, name: names.get(id) ?? "" }] : [],
  );
  return { id, title, components, updates, ...defined({ updatedAt: updated_at ?? updates.at(-1)?.at, url }) };
}
