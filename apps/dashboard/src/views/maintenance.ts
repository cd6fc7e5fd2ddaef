import { isDone, type KnownMaintenance, MaintenanceStatus, Time } from "@statuswire/status";
import { z } from "zod";
import type { Watched } from "../board.ts";
import { affairFields, affairOf } from "./affair.ts";

export const MaintenanceView = z.object({
  ...affairFields,
  status: MaintenanceStatus,
  scheduledFor: Time.optional(),
  scheduledUntil: Time.optional(),
  isAhead: z.boolean().describe("Not behind us: scheduled, or under way."),
});
export type MaintenanceView = z.infer<typeof MaintenanceView>;

/** A maintenance as the API shows it. */
function maintenanceView(watched: Watched, maintenance: KnownMaintenance): MaintenanceView {
  const { status, scheduledFor, scheduledUntil } = maintenance;
  return {
    ...affairOf(watched, maintenance),
    status,
    ...(scheduledFor === undefined ? {} : { scheduledFor }),
    ...(scheduledUntil === undefined ? {} : { scheduledUntil }),
    isAhead: !isDone(maintenance),
  };
}

/** A provider's maintenances. */
export function maintenancesOf(watched: Watched): MaintenanceView[] {
  return [...watched.known.maintenances.values()].map((maintenance) => maintenanceView(watched, maintenance));
}

/** What is ahead first, the soonest first; what is behind us after it, the newest first. */
export function byWindow(one: MaintenanceView, other: MaintenanceView): number {
  const soonest = startOf(one).localeCompare(startOf(other));
  return Number(other.isAhead) - Number(one.isAhead) || (one.isAhead ? soonest : -soonest);
}

function startOf({ scheduledFor, updatedAt }: MaintenanceView): string {
  return scheduledFor ?? updatedAt;
}
