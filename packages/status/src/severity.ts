import { z } from "zod";
import type { Event } from "./event.ts";
import { worse } from "./state.ts";
import { type ComponentStatus, Impact, inWords } from "./words.ts";

/** How bad an event may be, least first. */
export const Severity = z.enum(["none", "minor", "major", "critical"]);
export type Severity = z.infer<typeof Severity>;

const ofComponent: Readonly<Record<ComponentStatus, Severity>> = {
  operational: "none",
  unknown: "none",
  under_maintenance: "none",
  degraded_performance: "minor",
  partial_outage: "major",
  major_outage: "critical",
};

// An open incident is trouble also where its page calls it harmless.
const ofImpact: Readonly<Record<Impact, Severity>> = {
  none: "minor",
  unknown: "minor",
  maintenance: "none",
  minor: "minor",
  major: "major",
  critical: "critical",
};

/** How bad it is, or was before the event that ended it. */
export function severityOf({ type, incident, component, status }: Event): Severity {
  if (incident) return ofImpact[incident.impact];
  if (component) return ofComponent[worse(component.from, component.status)];
  if (type === "network.lost" || type === "network.restored") return "major";
  return type === "page.changed" ? ofPage(status) : "none";
}

/** Whether it is as bad as that, or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return Severity.options.indexOf(severity) >= Severity.options.indexOf(least);
}

// An event about a page says its state in words only: "Major Impact".
function ofPage(status: string): Severity {
  const impact = Impact.options.find((known) => status.startsWith(`${inWords(known)} `));
  return impact === undefined ? "none" : ofImpact[impact];
}
