import type { Impact } from "@statuswire/status";
import { word } from "../payload.ts";

export const componentStatus = word({
  operational: "operational",
  degraded_performance: "degraded_performance",
  partial_outage: "partial_outage",
  full_outage: "major_outage",
  under_maintenance: "under_maintenance",
});
export const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
});
export const maintenanceStatus = word({
  maintenance_scheduled: "scheduled",
  maintenance_in_progress: "in_progress",
  maintenance_complete: "completed",
});

const impactOf = word({
  operational: "none",
  degraded_performance: "minor",
  partial_outage: "major",
  full_outage: "critical",
  under_maintenance: "maintenance",
});
const weights: readonly Impact[] = ["none", "maintenance", "unknown", "minor", "major", "critical"];

/** The impact of an incident, which incident.io tells as the states of components: that of the worst. */
export function worstImpact(states: readonly string[]): Impact {
  return states
    .map((state): Impact => impactOf(state))
    .reduce((worst, impact) => (weights.indexOf(impact) > weights.indexOf(worst) ? impact : worst), "none");
}

/** The page of one incident or maintenance; undefined where the page's own URL is none. */
export function affairUrl(page: string | undefined, id: string): string | undefined {
  const base = page?.endsWith("/") ? page : `${page}/`;
  const path = `incidents/${encodeURIComponent(id)}`;
  return page !== undefined && URL.canParse(path, base) ? new URL(path, base).href : undefined;
}
