import type { MaintenanceStatus } from "@statuswire/status";

/** When a maintenance is planned to happen. An end may be open. */
export interface Window {
  from: string;
  until?: string | undefined;
}

/** Where a maintenance stands at a moment, for pages that give its window and no state. All in UTC with milliseconds. */
export function stateAt({ from, until }: Window, at: string): MaintenanceStatus {
  if (at < from) return "scheduled";
  return until !== undefined && at >= until ? "completed" : "in_progress";
}
