import { lastingId } from "../ids.ts";
import { indicator, worst } from "../indicator.ts";
import { zoned } from "../times.ts";
import type { Affair, Component, Incident, Maintenance, Page, Update } from "../world.ts";

export function pageShape(page: Page, origin: string) {
  const updated_at = zoned(page.updatedAt, page.timeZone);
  return { id: page.vendorId, name: page.name, url: origin, time_zone: page.timeZone, updated_at };
}

const descriptions = {
  none: "All Systems Operational",
  minor: "Partially Degraded Service",
  major: "Partial System Outage",
  critical: "Major System Outage",
  maintenance: "Service Under Maintenance",
};

export function statusShape(page: Page) {
  const word = indicator(page);
  return { indicator: word, description: descriptions[word] };
}

/** One component. `position` restarts inside each group. */
export function componentShape(page: Page, component: Component) {
  const { id, name, status, group } = component;
  const siblings = page.components.filter((other) => other.group === group);
  return {
    id,
    name,
    status,
    created_at: zoned(component.createdAt, page.timeZone),
    updated_at: zoned(component.updatedAt, page.timeZone),
    position: siblings.indexOf(component) + 1,
    description: component.description ?? null,
    showcase: true,
    start_date: null,
    group_id: group === undefined ? null : groupId(page, group),
    page_id: page.vendorId,
    group: false,
    only_show_if_degraded: false,
  };
}

/** Components and, in the same flat list, the groups with their derived states. */
export function componentShapes(page: Page) {
  const groups = new Set(page.components.flatMap(({ group }) => group ?? []));
  return [
    ...page.components.map((component) => componentShape(page, component)),
    ...[...groups].map((group) => groupShape(page, group)),
  ];
}

function groupShape(page: Page, name: string) {
  const children = page.components.filter(({ group }) => group === name);
  const latest = new Date(Math.max(...children.map(({ updatedAt }) => updatedAt.getTime())));
  return {
    id: groupId(page, name),
    name,
    status: worst(children.map(({ status }) => status)),
    created_at: zoned(page.createdAt, page.timeZone),
    updated_at: zoned(latest, page.timeZone),
    position: 1,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: page.vendorId,
    group: true,
    only_show_if_degraded: false,
    components: children.map(({ id }) => id),
  };
}

function groupId(page: Page, name: string): string {
  return lastingId(page.vendor, `${page.id}/group/${name}`);
}

export function incidentShape(page: Page, incident: Incident, origin: string) {
  return affairShape(page, { ...incident, endedAt: incident.resolvedAt }, origin);
}

export function maintenanceShape(page: Page, maintenance: Maintenance, origin: string) {
  return {
    ...affairShape(page, { ...maintenance, endedAt: maintenance.completedAt }, origin),
    scheduled_for: zoned(maintenance.scheduledFor, page.timeZone),
    scheduled_until: zoned(maintenance.scheduledUntil, page.timeZone),
  };
}

function affairShape(page: Page, affair: Affair<string> & { endedAt: Date | undefined }, origin: string) {
  const { id, title: name, status, impact } = affair;
  const told = (at: Date | undefined) => (at === undefined ? null : zoned(at, page.timeZone));
  return {
    id,
    name,
    status,
    created_at: told(affair.createdAt),
    updated_at: told(affair.updatedAt),
    monitoring_at: told(affair.updates.find((update) => update.status === "monitoring")?.at),
    resolved_at: told(affair.endedAt),
    impact,
    shortlink: `${origin}/incidents/${id}`,
    started_at: told(affair.createdAt),
    page_id: page.vendorId,
    incident_updates: affair.updates.map((update) => updateShape(page, id, update)).reverse(),
    // As they are now, whatever they were when the incident said so.
    components: page.components
      .filter((component) => affair.componentIds.includes(component.id))
      .map((component) => componentShape(page, component)),
    reminder_intervals: null,
  };
}

function updateShape(page: Page, incident_id: string, { id, status, body, at, effects }: Update<string>) {
  const told = zoned(at, page.timeZone);
  const affected = effects.map(({ componentId: code, name, from, to }) => ({
    code,
    name,
    old_status: from,
    new_status: to,
  }));
  return {
    id,
    status,
    body,
    incident_id,
    created_at: told,
    updated_at: told,
    display_at: told,
    affected_components: affected.length > 0 ? affected : null,
    deliver_notifications: true,
    custom_tweet: null,
    tweet_id: null,
  };
}
