import type { Component, Coverage, Incident, Maintenance, Snapshot } from "@statuswire/status";
import { z } from "zod";
import {
  coverage,
  defined,
  history,
  id,
  isReadable,
  list,
  optional,
  raw,
  expectedList,
  section,
  silent,
  text,
  time,
} from "../payload.ts";
import { affairUrl, componentStatus, incidentStatus, maintenanceStatus, worstImpact } from "./incidentio-parts.ts";
import { type Place, Structure } from "./incidentio-structure.ts";

const Affected = z
  .object({ component_id: id, status: optional(z.string()), current_status: optional(z.string()) })
  .transform(({ component_id, status, current_status }) => ({
    id: component_id,
    status: current_status ?? status ?? "",
  }));

const UpdatePart = z
  .object({ id, to_status: z.string(), message_string: optional(text), published_at: time })
  .transform(({ id, to_status, message_string, published_at }) => {
    const ours = maintenanceStatus(to_status);
    return { id, status: ours === "unknown" ? to_status : ours, body: message_string ?? "", at: published_at };
  });

const ImpactPart = z.object({ status: z.string(), start_at: optional(time), end_at: optional(time) });

const AffairPart = z.object({
  id,
  name: z.string().trim(),
  status: z.string(),
  type: optional(z.string()),
  published_at: optional(time),
  affected_components: list(Affected),
  component_impacts: section(ImpactPart),
  updates: list(UpdatePart),
});
type AffairPart = z.infer<typeof AffairPart>;

const Summary = z.object({
  id: optional(id),
  name: optional(text),
  public_url: optional(text),
  page_type: optional(z.string()),
  components: section(z.object({ id, name: z.string().trim() })),
  structure: optional(Structure),
  affected_components: expectedList(Affected),
  ongoing_incidents: section(AffairPart),
  scheduled_maintenances: section(AffairPart),
});
type Summary = z.infer<typeof Summary>;

/** What the page itself is made of: `/proxy/<host>`. */
export const Native = z
  .object({ summary: Summary })
  .refine(({ summary }) => isReadable(summary.ongoing_incidents), "a summary lists its ongoing incidents")
  .transform(({ summary }): Snapshot => {
    const incidents = coverage(summary.ongoing_incidents);
    const parts = [summary.ongoing_incidents, summary.scheduled_maintenances].flatMap(
      (said) => said?.entries ?? [],
    );
    return {
      page: defined({ id: summary.id, name: summary.name, url: summary.public_url }),
      coverage: {
        components: componentCoverage(summary),
        incidents,
        // Those in progress stand among the incidents.
        maintenances: incidents === "full" ? coverage(summary.scheduled_maintenances) : "partial",
      },
      components: components(summary),
      ...affairs(parts, summary),
    };
  });

const nowhere: Context = { components: undefined, structure: undefined, public_url: undefined };

/** The page's past, three months at most: `/proxy/<host>/incidents`. */
export const NativeHistory = z
  .object({ incidents: list(AffairPart).refine(isReadable, "nothing that incident.io lists") })
  .transform(({ incidents }): Snapshot => ({ page: {}, ...silent, ...affairs(incidents.entries, nowhere) }));

// A parent page's components are on its sub-pages.
function componentCoverage(summary: Summary): Coverage {
  return summary.page_type === "parent" || !knowsTheWell(summary) ? "partial" : coverage(summary.components);
}

// Only the affected ones have a state here, so all others are well; surely so only when we know every affected one.
function knowsTheWell(summary: Summary): boolean {
  const known = new Set(places(summary).map(({ id }) => id));
  const { affected_components: affected } = summary;
  return affected.whole && affected.entries.every(({ id }) => known.has(id));
}

function components(summary: Summary): Component[] {
  const affected = new Map(summary.affected_components.entries.map(({ id, status }) => [id, status]));
  const knowsAll = knowsTheWell(summary);
  return places(summary)
    .filter(({ id }) => knowsAll || affected.has(id))
    .map((place) => {
      const theirs = affected.get(place.id) ?? "operational";
      const status = componentStatus(theirs);
      return { ...place, status, ...raw(status, theirs) };
    });
}

/** In the page's order; those that it does not place come last. */
function places({ components, structure = [] }: Pick<Summary, "components" | "structure">): Place[] {
  const placed = new Set(structure.map(({ id }) => id));
  return [...structure, ...(components?.entries ?? []).filter(({ id }) => !placed.has(id))];
}

type Context = Pick<Summary, "components" | "structure" | "public_url">;

function affairs(parts: readonly AffairPart[], context: Context): Pick<Snapshot, "incidents" | "maintenances"> {
  const isMaintenance = ({ type, status }: AffairPart) =>
    type === "maintenance" || maintenanceStatus(status) !== "unknown";
  return {
    incidents: parts.filter((part) => !isMaintenance(part)).map((part) => incident(part, context)),
    maintenances: parts.filter(isMaintenance).map((part) => maintenance(part, context)),
  };
}

function incident(part: AffairPart, context: Context): Incident {
  const status = incidentStatus(part.status);
  const updates = history(part.updates.entries);
  // Updates can be dated back to before the incident was published.
  const startedAt = [part.published_at, updates[0]?.at].filter((at) => at !== undefined).sort()[0];
  const resolvedAt =
    status === "resolved" ? updates.findLast((update) => update.status === "resolved")?.at : undefined;
  return { ...affair(part, context), status, ...raw(status, part.status), ...defined({ startedAt, resolvedAt }) };
}

// Its window is that of the impacts it plans.
function maintenance(part: AffairPart, context: Context): Maintenance {
  const status = maintenanceStatus(part.status);
  const planned = part.component_impacts?.entries ?? [];
  const scheduledFor = planned.flatMap(({ start_at }) => start_at ?? []).sort()[0];
  const scheduledUntil = planned
    .flatMap(({ end_at }) => end_at ?? [])
    .sort()
    .at(-1);
  return {
    ...affair(part, context),
    status,
    ...raw(status, part.status),
    ...defined({ scheduledFor, scheduledUntil }),
  };
}

function affair({ id, name, component_impacts, ...part }: AffairPart, context: Context) {
  const names = new Map(places(context).map((place) => [place.id, place.name]));
  const updates = history(part.updates.entries);
  return {
    id,
    title: name,
    impact: component_impacts?.whole
      ? worstImpact(component_impacts.entries.map(({ status }) => status))
      : "unknown",
    components: part.affected_components.entries.map((affected) => ({
      id: affected.id,
      name: names.get(affected.id) ?? affected.id,
      status: componentStatus(affected.status),
    })),
    updates,
    ...defined({ updatedAt: updates.at(-1)?.at, url: affairUrl(context.public_url, id) }),
  } satisfies Omit<Incident, "status">;
}
