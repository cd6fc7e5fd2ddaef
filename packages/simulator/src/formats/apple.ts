import { json, type Asked, type Document } from "../document.ts";
import { cupertino } from "../times.ts";
import type { Affair, Component, ComponentStatus, Impact, Incident, Maintenance, Page } from "../world.ts";

/** What is over stays listed for some days; never more than so many. */
const longest = 10;

/** Apple's system status in English, bare or as JSONP. */
export function apple(page: Page, { path }: Asked): Document | undefined {
  if (path !== "/support/systemstatus/data/system_status_en_US.js") return undefined;
  const told = json({ drpost: false, drMessage: null, services: services(page) });
  const body = page.jsonp ? `jsonCallback(${told.body});` : told.body;
  return { type: "application/x-javascript", body };
}

// A service has no id: its name is the key.
function services(page: Page) {
  const affairs = [...listed(page.incidents, hasEnded), ...listed(page.maintenances, isComplete)];
  return page.components.map((component) => ({
    redirectUrl: null,
    serviceName: component.name,
    events: affairs
      .filter(({ componentIds }) => componentIds.includes(component.id))
      .map((affair) => eventShape(page, affair, component)),
  }));
}

function listed<Kind>(affairs: readonly Kind[], isOver: (affair: Kind) => boolean): Kind[] {
  const over = new Set(affairs.filter(isOver).slice(-longest));
  return affairs.filter((affair) => !isOver(affair) || over.has(affair));
}

function hasEnded({ resolvedAt }: Incident): boolean {
  return resolvedAt !== undefined;
}

function isComplete({ completedAt }: Maintenance): boolean {
  return completedAt !== undefined;
}

/** One event as it stands under one of its services. It has no history: the newest text replaces the one before. */
function eventShape(page: Page, affair: Incident | Maintenance, component: Component) {
  const { state, start, end } = "scheduledFor" in affair ? windowOf(affair) : courseOf(affair);
  const names = page.components.filter(({ id }) => affair.componentIds.includes(id)).map(({ name }) => name);
  return {
    usersAffected: usersAffected(affair, state),
    epochStartDate: start.getTime(),
    epochEndDate: end?.getTime() ?? null,
    messageId: affair.id,
    statusType: statusType(affair, component),
    datePosted: cupertino(page.updatedAt),
    startDate: cupertino(start),
    endDate: end ? cupertino(end) : null,
    affectedServices: names.length > 1 ? names : null,
    eventStatus: state,
    message: affair.updates.at(-1)?.body ?? "",
  };
}

function courseOf({ createdAt, resolvedAt }: Incident) {
  return { state: resolvedAt ? "resolved" : "ongoing", start: createdAt, end: resolvedAt };
}

// The end of a maintenance is set from the beginning: the planned one.
function windowOf({ status, scheduledFor, scheduledUntil, completedAt }: Maintenance) {
  const state = completedAt ? "completed" : status === "scheduled" ? "upcoming" : "ongoing";
  return { state, start: scheduledFor, end: completedAt ?? scheduledUntil };
}

const typesByStatus: Partial<Record<ComponentStatus, string>> = {
  degraded_performance: "Performance",
  partial_outage: "Issue",
  major_outage: "Outage",
};
const typesByImpact: Record<Impact, string> = {
  none: "Performance",
  minor: "Performance",
  major: "Issue",
  critical: "Outage",
};

// The type is the only word about the service itself. One that has recovered stays in trouble until the event is resolved.
function statusType(affair: Incident | Maintenance, { status }: Component): string {
  if ("scheduledFor" in affair) return "Maintenance";
  return typesByStatus[status] ?? typesByImpact[affair.impact];
}

function usersAffected({ impact }: Affair<string>, state: string): string {
  const who = impact === "critical" ? "All users" : "Some users";
  if (state === "upcoming") return `${who} will be affected`;
  return state === "ongoing" ? `${who} are affected` : `${who} were affected`;
}
