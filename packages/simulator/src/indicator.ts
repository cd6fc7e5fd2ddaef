import type { ComponentStatus, Impact, Page } from "./world.ts";

/** Worst last. Maintenance is the mildest of what isn't operational. */
const severity = [
  "operational",
  "under_maintenance",
  "degraded_performance",
  "partial_outage",
  "major_outage",
] as const satisfies ComponentStatus[];

export function worst(statuses: readonly ComponentStatus[]): ComponentStatus {
  return severity[Math.max(0, ...statuses.map((status) => severity.indexOf(status)))] ?? "operational";
}

const indicators: Record<ComponentStatus, Impact | "maintenance"> = {
  operational: "none",
  under_maintenance: "maintenance",
  degraded_performance: "minor",
  partial_outage: "major",
  major_outage: "critical",
};

/** The page in one word, from its components alone: an open incident that affects none leaves it at `none`. */
export function indicator({ components }: Page): Impact | "maintenance" {
  return indicators[worst(components.map(({ status }) => status))];
}
