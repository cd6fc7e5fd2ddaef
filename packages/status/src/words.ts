import { z } from "zod";

/** The field's common vocabulary, Statuspage's, plus `unknown` for a word that we don't know. */
export const ComponentStatus = z.enum([
  "operational",
  "degraded_performance",
  "partial_outage",
  "major_outage",
  "under_maintenance",
  "unknown",
]);
export type ComponentStatus = z.infer<typeof ComponentStatus>;

export const IncidentStatus = z.enum([
  "investigating",
  "identified",
  "monitoring",
  "resolved",
  "postmortem",
  "unknown",
]);
export type IncidentStatus = z.infer<typeof IncidentStatus>;

export const MaintenanceStatus = z.enum([
  "scheduled",
  "in_progress",
  "verifying",
  "completed",
  "cancelled",
  "unknown",
]);
export type MaintenanceStatus = z.infer<typeof MaintenanceStatus>;

export const Impact = z.enum(["none", "minor", "major", "critical", "maintenance", "unknown"]);
export type Impact = z.infer<typeof Impact>;

const incidentWords = new Map(IncidentStatus.options.map((word) => [word as string, word]));
const maintenanceWords = new Map(MaintenanceStatus.options.map((word) => [word as string, word]));

/** The state that an update's word tells; undefined for a word that tells none. */
export function incidentStatusIn(word: string): IncidentStatus | undefined {
  const status = incidentWords.get(plainWord(word));
  return status === "unknown" ? undefined : status;
}

/** As `incidentStatusIn`, of a maintenance. */
export function maintenanceStatusIn(word: string): MaintenanceStatus | undefined {
  const status = maintenanceWords.get(plainWord(word));
  return status === "unknown" ? undefined : status;
}

/** Longer than any word of a vocabulary: not worth the time. */
const longestWord = 100;

/** A word as it is compared: lower case, with spaces and hyphens as underscores. `Under-Maintenance` → `under_maintenance`. */
export function plainWord(word: string): string {
  return word.length > longestWord
    ? word
    : word
        .trim()
        .toLowerCase()
        .replaceAll(/[\s_-]+/g, "_");
}

/** A state as a person says it: `degraded_performance` → `Degraded Performance`. */
export function inWords(state: string): string {
  return state
    .split(/[_\s]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join(" ");
}
