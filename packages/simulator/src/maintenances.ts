import { affairWith, allOf, nextId, publish, replace, type Post } from "./affairs.ts";
import { effectsOf } from "./components.ts";
import type { Maintenance, MaintenanceStatus, Page } from "./world.ts";

export interface Announcement {
  title: string;
  body: string;
  /** Names of the components that will be under maintenance. */
  components: readonly string[];
  from: Date;
  until: Date;
  at: Date;
}

/** Announces a maintenance; it is the page's last. Its components stay as they are until it starts. */
export function scheduleMaintenance(page: Page, { title, body, components, from, until, at }: Announcement): Page {
  const named = effectsOf(page, Object.fromEntries(components.map((name) => [name, "under_maintenance"])));
  const maintenance: Maintenance = {
    id: nextId(page, "maintenance", at),
    title,
    status: "scheduled",
    impact: "none",
    createdAt: at,
    updatedAt: at,
    scheduledFor: from,
    scheduledUntil: until,
    componentIds: named.map(({ componentId }) => componentId),
    updates: [],
  };
  const published = publish(page, maintenance, { status: "scheduled", body, at });
  return { ...published.page, maintenances: [...page.maintenances, published.affair] };
}

/** Starts a maintenance: all its components go under maintenance. */
export function startMaintenance(page: Page, id: string, { body, at }: { body: string; at: Date }): Page {
  const affects = allOf(page, affairWith(page.maintenances, id), "under_maintenance");
  return updateMaintenance(page, id, { status: "in_progress", body, affects, at });
}

/** Completes a maintenance: all its components are operational again. */
export function completeMaintenance(page: Page, id: string, { body, at }: { body: string; at: Date }): Page {
  const affects = allOf(page, affairWith(page.maintenances, id), "operational");
  return updateMaintenance(page, id, { status: "completed", body, affects, at });
}

function updateMaintenance(page: Page, id: string, post: Post<MaintenanceStatus>): Page {
  const known = affairWith(page.maintenances, id);
  const { page: told, affair } = publish<MaintenanceStatus, Maintenance>(page, known, post);
  const next = post.status === "completed" ? { ...affair, completedAt: post.at } : affair;
  return { ...told, maintenances: replace(page.maintenances, next) };
}
