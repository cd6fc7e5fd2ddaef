import { type ComponentStatus, incidentPath, maintenancePath } from "@statuswire/status";
import type { Watched } from "../board.ts";
import { headline, shownState } from "./headline.ts";
import { byUrgency, incidentsOf, type IncidentView } from "./incident.ts";
import { byWindow, maintenancesOf, type MaintenanceView } from "./maintenance.ts";
import { compareStates } from "./component.ts";
import { providerSummary } from "./provider.ts";

/** The whole board as Statuspage's public API would tell it: a provider is a component. https://metastatuspage.com/api */
export interface StatuspageView {
  page: { id: string; name: string; url: string; time_zone: string; updated_at: string };
  status: { indicator: string; description: string };
  components: ReturnType<typeof componentOf>[];
  incidents: (ReturnType<typeof incidentOf> & Linked)[];
  maintenances: (ReturnType<typeof maintenanceOf> & Linked)[];
}

interface Linked {
  /** Our own page about it. */
  shortlink: string;
}

const pageId = "statuswire";
const indicators: Readonly<Record<ComponentStatus, string>> = {
  operational: "none",
  degraded_performance: "minor",
  partial_outage: "major",
  major_outage: "critical",
  under_maintenance: "maintenance",
  unknown: "unknown",
};

/**
 * The board for who reaches us at `origin`. What we don't know stays `unknown`, a word that Statuspage has not: green would be
 * a lie.
 */
export function statuspageView(board: readonly Watched[], origin: string): StatuspageView {
  const providers = board.map(providerSummary);
  const worst = providers.map(shownState).sort(compareStates)[0] ?? "unknown";
  const updatedAt =
    board
      .map(({ known }) => known.page.readAt ?? "")
      .sort()
      .at(-1) || new Date(0).toISOString();
  const components = board.map((watched, position) => componentOf(watched, { position: position + 1, updatedAt }));
  const of = new Map(components.map((component) => [component.id, component]));
  return {
    page: { id: pageId, name: "Statuswire", url: origin, time_zone: "Etc/UTC", updated_at: updatedAt },
    status: { indicator: indicators[worst], description: headline(providers) },
    components,
    incidents: board
      .flatMap(incidentsOf)
      .sort(byUrgency)
      .map((one) => ({
        ...incidentOf(one, of.get(one.provider)),
        shortlink: `${origin}${incidentPath(one.id)}`,
      })),
    maintenances: board
      .flatMap(maintenancesOf)
      .sort(byWindow)
      .map((one) => ({
        ...maintenanceOf(one, of.get(one.provider)),
        shortlink: `${origin}${maintenancePath(one.id)}`,
      })),
  };
}

function componentOf(watched: Watched, { position, updatedAt }: { position: number; updatedAt: string }) {
  const summary = providerSummary(watched);
  return {
    id: summary.id,
    name: summary.name,
    status: shownState(summary),
    created_at: updatedAt,
    updated_at: summary.changedAt ?? updatedAt,
    position,
    description: summary.neverRead ? `Never read: ${summary.neverRead.reason}` : null,
    showcase: true,
    start_date: null,
    group_id: null,
    page_id: pageId,
    group: false,
    only_show_if_degraded: false,
  };
}

function incidentOf(incident: IncidentView, component: object | undefined) {
  const { startedAt, resolvedAt, updatedAt } = incident;
  const beganAt = startedAt ?? incident.updates[0]?.at ?? updatedAt;
  return {
    ...affairOf(incident, component),
    created_at: beganAt,
    started_at: beganAt,
    resolved_at: resolvedAt ?? (incident.isOpen ? null : updatedAt),
    impact: incident.impact,
  };
}

function maintenanceOf(maintenance: MaintenanceView, component: object | undefined) {
  const { scheduledFor, scheduledUntil, updatedAt, updates } = maintenance;
  return {
    ...affairOf(maintenance, component),
    created_at: updates[0]?.at ?? updatedAt,
    started_at: updates[0]?.at ?? updatedAt,
    resolved_at: maintenance.isAhead ? null : updatedAt,
    impact: "maintenance",
    scheduled_for: scheduledFor ?? updatedAt,
    scheduled_until: scheduledUntil ?? null,
  };
}

function affairOf(affair: IncidentView | MaintenanceView, component: object | undefined) {
  const { id, providerName, title, status, updatedAt, updates } = affair;
  return {
    id,
    name: `${providerName}: ${title}`,
    status,
    updated_at: updatedAt,
    monitoring_at: null,
    page_id: pageId,
    incident_updates: updates.toReversed().map(({ id: updateId, status: said, text, at }) => ({
      ...{ id: updateId, status: said, body: text, incident_id: id },
      ...{ created_at: at, updated_at: at, display_at: at },
      affected_components: null,
    })),
    components: component ? [component] : [],
  };
}
