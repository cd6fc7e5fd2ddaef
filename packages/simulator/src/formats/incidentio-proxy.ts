import { json, type Asked, type Document } from "../document.ts";
import { worst } from "../indicator.ts";
import { lastingId, vendorId } from "../ids.ts";
import type { Component, ComponentStatus, Incident, Page } from "../world.ts";

/**
 * incident.io's own documents: `/proxy/<host>`, without its theming, which tells every component and which incident affects
 * which; and `/proxy/<host>/incidents`, the past.
 */
export function incidentioProxy(page: Page, { path, origin }: Asked): Document | undefined {
  const document = /^\/proxy\/[^/]+(\/incidents)?$/.exec(path);
  if (!document) return undefined;
  return document[1]
    ? json({ incidents: page.incidents.map((incident) => incidentShape(page, incident)).reverse() })
    : summary(page, origin);
}

function summary(page: Page, origin: string): Document {
  const { vendorId: id, name, components } = page;
  return json({
    summary: {
      id,
      name,
      public_url: `${origin}/`,
      page_type: "standalone",
      locale: "en-US",
      date_view: "calendar",
      data_available_since: page.createdAt.toISOString(),
      expose_status_summary_api: false,
      components: components.map((component) => componentShape(page, component)),
      affected_components: components
        .filter(({ status }) => status !== "operational")
        .map(({ id, status }) => ({ component_id: id, status: word(status) })),
      structure: { id: lastingId("incidentio", `${page.id}/structure`), items: items(page) },
      ongoing_incidents: page.incidents
        .filter(({ resolvedAt }) => resolvedAt === undefined)
        .map((incident) => incidentShape(page, incident)),
      // No capture holds one, so their shape is not known.
      scheduled_maintenances: [],
    },
  });
}

function word(status: ComponentStatus): string {
  return status === "major_outage" ? "full_outage" : status;
}

function componentShape(page: Page, { id, name, description }: Component) {
  return { ...(description && { description }), id, name, status_page_id: page.vendorId };
}

/** Components and groups, in the order in which they first appear. */
function items({ components, id: pageId }: Page): object[] {
  const isFirst = ({ group }: Component, index: number) =>
    group === undefined || components.findIndex((other) => other.group === group) === index;
  return components.filter(isFirst).map((component) => {
    const { group: name } = component;
    if (name === undefined) return { component: itemShape(component) };
    const id = lastingId("incidentio", `${pageId}/group/${name}`);
    const members = components.filter(({ group }) => group === name).map(itemShape);
    return { group: { id, name, hidden: false, components: members } };
  });
}

function itemShape({ id, name, description, createdAt }: Component) {
  return {
    component_id: id,
    data_available_since: createdAt.toISOString(),
    ...(description && { description }),
    display_uptime: true,
    hidden: false,
    name,
  };
}

function incidentShape(page: Page, incident: Incident) {
  const { id, title: name, status, createdAt, updates } = incident;
  return {
    affected_components: affected(page, incident),
    component_impacts: impacts(incident),
    id,
    name,
    published_at: createdAt.toISOString(),
    status,
    status_page_id: page.vendorId,
    status_summaries: updates.map((update, index) => ({
      ...(updates[index + 1] && { end_at: updates[index + 1]?.at.toISOString() }),
      start_at: update.at.toISOString(),
      worst_component_status: word(worst([...statesAfter(updates.slice(0, index + 1)).values()])),
    })),
    type: "incident",
    updates: updates.map(updateShape),
  };
}

/** Each affected component with the worst that this incident did to it, and its state now. */
function affected(page: Page, { updates, componentIds }: Incident) {
  const effects = updates.flatMap((update) => update.effects);
  return componentIds.map((component_id) => ({
    component_id,
    current_status: word(page.components.find(({ id }) => id === component_id)?.status ?? "operational"),
    status: word(worst(effects.filter(({ componentId }) => componentId === component_id).map(({ to }) => to))),
  }));
}

/** The stretches of time in which a component was in one state that is not operational. */
function impacts({ id: incidentId, updates }: Incident) {
  return updates.flatMap(({ id, at, effects }, index) =>
    effects
      .filter(({ from, to }) => from !== to && to !== "operational")
      .map(({ componentId, to }) => {
        const end = updates.slice(index + 1).find((later) => moves(later, componentId))?.at;
        return {
          component_id: componentId,
          id: vendorId("incidentio", { of: `${id}/${componentId}`, at }),
          start_at: at.toISOString(),
          ...(end && { end_at: end.toISOString() }),
          status: word(to),
          status_page_incident_id: incidentId,
        };
      }),
  );
}

function moves({ effects }: Incident["updates"][number], componentId: string): boolean {
  return effects.some((effect) => effect.componentId === componentId && effect.from !== effect.to);
}

function statesAfter(updates: Incident["updates"]): Map<string, ComponentStatus> {
  return new Map(
    updates.flatMap(({ effects }) => effects.map(({ componentId, to }) => [componentId, to] as const)),
  );
}

/** Oldest first, unlike `/api/v2`. The text comes twice: plainly, and as a ProseMirror document. */
function updateShape({ id, status, body, at, effects }: Incident["updates"][number]) {
  return {
    automated_update: false,
    component_statuses: effects.map(({ componentId, to }) => ({ component_id: componentId, status: word(to) })),
    id,
    message: { content: [{ content: [{ text: body, type: "text" }], type: "paragraph" }], type: "doc" },
    message_string: body,
    published_at: at.toISOString(),
    to_status: status,
  };
}
