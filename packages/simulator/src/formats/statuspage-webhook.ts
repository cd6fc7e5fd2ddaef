import { affairWith } from "../affairs.ts";
import { vendorId } from "../ids.ts";
import type { Effect, Page } from "../world.ts";
import { componentShape, incidentShape, maintenanceShape, statusShape } from "./statuspage-shapes.ts";

export interface PushOptions {
  /** Where the page lives: what its links begin with. */
  origin: string;
  /** When the push is made. */
  at: Date;
}

/**
 * The webhook bodies that Statuspage posts after the newest update of an incident or a maintenance: one for the affair, then
 * one for each component that moved. In the field they arrive in no fixed order, and more than once.
 */
export function pushesOf(page: Page, affairId: string, options: PushOptions): object[] {
  const { updates } = affairWith([...page.incidents, ...page.maintenances], affairId);
  const effects = updates.at(-1)?.effects.filter(({ from, to }) => from !== to) ?? [];
  return [incidentPush(page, affairId, options), ...effects.map((effect) => componentPush(page, effect, options))];
}

/** One webhook body about an incident or a maintenance, which come under the same key. */
export function incidentPush(page: Page, affairId: string, options: PushOptions): object {
  const maintenance = page.maintenances.find(({ id }) => id === affairId);
  const { reminder_intervals: _notInPushes, ...shape } = maintenance
    ? maintenanceShape(page, maintenance, options.origin)
    : { ...incidentShape(page, affairWith(page.incidents, affairId), options.origin), ...unscheduled };
  return {
    ...envelope(page, options),
    incident: { ...shape, ...onlyInPushes, incident_updates: shape.incident_updates.map(pushedUpdate) },
  };
}

/** One webhook body about a component that moved. */
export function componentPush(page: Page, { componentId, from, to }: Effect, options: PushOptions): object {
  const {
    group: _group,
    only_show_if_degraded: _shown,
    ...component
  } = componentShape(page, affairWith(page.components, componentId));
  const id = vendorId(page.vendor, { of: `${componentId}/${from}/${to}`, at: options.at });
  return {
    ...envelope(page, options),
    component: { ...component, status: to },
    component_update: {
      id,
      component_id: componentId,
      component_type: "Component",
      old_status: from,
      new_status: to,
      created_at: component.updated_at,
    },
  };
}

function envelope(page: Page, { origin, at }: PushOptions) {
  const { indicator, description } = statusShape(page);
  return {
    meta: {
      unsubscribe: `${origin}/?unsubscribe=simulated`,
      documentation: "https://help.statuspage.io/help/webhook-notifications",
      generated_at: at.toISOString(),
    },
    page: { id: page.vendorId, status_indicator: indicator, status_description: description },
  };
}

const unscheduled = { scheduled_for: null, scheduled_until: null };

const onlyInPushes = {
  backfilled: false,
  impact_override: null,
  postmortem_body: null,
  postmortem_body_last_updated_at: null,
  postmortem_ignored: false,
  postmortem_notified_subscribers: false,
  postmortem_notified_twitter: false,
  postmortem_published_at: null,
  scheduled_auto_completed: false,
  scheduled_auto_in_progress: false,
  scheduled_remind_prior: false,
  scheduled_reminded_at: null,
};

function pushedUpdate(update: object) {
  return { ...update, wants_twitter_update: false, twitter_updated_at: null };
}
