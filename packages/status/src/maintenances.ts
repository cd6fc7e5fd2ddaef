import type { Kind } from "./kind.ts";
import type { EventType } from "./event.ts";
import type { KnownMaintenance } from "./known.ts";
import { isDone } from "./snapshot.ts";
import { type MaintenanceStatus, maintenanceStatusIn } from "./words.ts";

const entering: Readonly<Record<MaintenanceStatus, EventType>> = {
  scheduled: "maintenance.scheduled",
  in_progress: "maintenance.started",
  verifying: "maintenance.started",
  completed: "maintenance.completed",
  cancelled: "maintenance.cancelled",
  unknown: "maintenance.scheduled",
};

/** The rules that are peculiar to maintenances. */
export const maintenances: Kind<KnownMaintenance> = {
  updated: "maintenance.updated",
  told: (snapshot) => snapshot.maintenances,
  covered: ({ coverage }) => coverage.maintenances === "full",
  remember: (told, at) => ({ ...told, updatedAt: told.updatedAt ?? told.updates.at(-1)?.at ?? at, toldAt: at }),
  isOver: isDone,
  statusOf: maintenanceStatusIn,

  opening: ({ status }) => [entering[status]],

  step: (from, to) => (to === "unknown" || entering[from] === entering[to] ? "maintenance.updated" : entering[to]),

  // Gone from the page before its window: called off. After: over.
  conclude: (maintenance, at) => ({
    ...maintenance,
    status: (maintenance.scheduledFor ?? "") > at ? "cancelled" : "completed",
  }),
  endedAt: ({ updatedAt }) => updatedAt,
  inEvent: ({ toldAt: _toldAt, absent: _absent, marks: _marks, ...maintenance }) => ({ maintenance }),
};
