import { type Impact, IncidentStatus, isOver, type KnownIncident, Time } from "@statuswire/status";
import { z } from "zod";
import type { Watched } from "../board.ts";
import { affairFields, affairOf } from "./affair.ts";

export const IncidentView = z.object({
  ...affairFields,
  status: IncidentStatus,
  startedAt: Time.optional().describe("When the vendor says it began."),
  resolvedAt: Time.optional(),
  isOpen: z.boolean(),
  inferred: z.boolean().describe("The vendor stopped listing it; that it is over is our conclusion."),
});
export type IncidentView = z.infer<typeof IncidentView>;

/** An incident as the API shows it. */
export function incidentView(watched: Watched, incident: KnownIncident): IncidentView {
  const { status, startedAt, resolvedAt, absent } = incident;
  return {
    ...affairOf(watched, incident),
    status,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    isOpen: !isOver(incident),
    inferred: isOver(incident) && (absent ?? 0) >= 2,
  };
}

/** A provider's incidents. */
export function incidentsOf(watched: Watched): IncidentView[] {
  return [...watched.known.incidents.values()].map((incident) => incidentView(watched, incident));
}

const weight: Readonly<Record<Impact, number>> = {
  critical: 4,
  major: 3,
  minor: 2,
  unknown: 1,
  none: 0,
  maintenance: 0,
};

/** Open ones first, of these the worst first; then the newest activity first. */
export function byUrgency(one: IncidentView, other: IncidentView): number {
  return (
    Number(other.isOpen) - Number(one.isOpen) ||
    (one.isOpen ? weight[other.impact] - weight[one.impact] : 0) ||
    other.updatedAt.localeCompare(one.updatedAt)
  );
}
