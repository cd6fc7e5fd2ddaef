import type { Known } from "./known.ts";
import { type Incident, isOver } from "./snapshot.ts";
import type { ComponentStatus, Impact } from "./words.ts";

/** All states, the worst last. What we don't know ranks above calm and below any trouble that is known. */
export const severity: readonly ComponentStatus[] = [
  "operational",
  "unknown",
  "under_maintenance",
  "degraded_performance",
  "partial_outage",
  "major_outage",
];

/** The state of a provider with an open incident of that impact: it outranks green components, also when its page calls it harmless. */
export const stateOfImpact: Readonly<Record<Impact, ComponentStatus>> = {
  none: "degraded_performance",
  unknown: "degraded_performance",
  maintenance: "under_maintenance",
  minor: "degraded_performance",
  major: "partial_outage",
  critical: "major_outage",
};

/** The state that an open incident gives its provider. A notice that no page lists and that says no impact may be about anything. */
export function stateOfIncident({ impact, unlisted }: Pick<Incident, "impact" | "unlisted">): ComponentStatus {
  return unlisted && impact === "unknown" ? "unknown" : stateOfImpact[impact];
}

/** The worse of two states. */
export function worse(one: ComponentStatus, other: ComponentStatus): ComponentStatus {
  return severity.indexOf(one) >= severity.indexOf(other) ? one : other;
}

/** A provider's state in one word: the worst that its components, open incidents and running maintenances say. */
export function stateOf({ page, components, incidents, maintenances }: Known): ComponentStatus {
  const said = [
    ...[...components.values()].map(({ status }) => status),
    ...[...incidents.values()].filter((incident) => !isOver(incident)).map(stateOfIncident),
    ...[...maintenances.values()]
      .filter(({ status }) => status === "in_progress" || status === "verifying")
      .map(() => "under_maintenance" as const),
    ...(page.indicator === undefined || components.size
      ? []
      : [page.indicator === "none" ? ("operational" as const) : stateOfImpact[page.indicator]]),
  ];
  if (!page.baseline) return said.filter((state) => state !== "operational").reduce(worse, "unknown");
  return said.length ? said.reduce(worse) : "unknown";
}
