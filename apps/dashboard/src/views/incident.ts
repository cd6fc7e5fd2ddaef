import {
  ComponentStatus,
  type Impact,
  IncidentStatus,
  isOver,
  type Known,
  type KnownIncident,
  stateOfImpact,
  stateOfIncident,
  Time,
  worse,
} from "@statuswire/status";
import { z } from "zod";
import type { Watched } from "../board.ts";
import { affairFields, affairOf } from "./affair.ts";

export const IncidentView = z.object({
  ...affairFields,
  status: IncidentStatus,
  state: ComponentStatus.describe(
    "How bad it is, as the provider's own state counts it: the worst of its impact and of the components that it affects; `unknown` while the page can't be read, and of a notice that no page lists and that says no impact. Once it is over: by its impact.",
  ),
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
    state: stateIn(watched.known, incident),
    updatedAt: latestOf(incident),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
    isOpen: !isOver(incident),
    inferred: isOver(incident) && (absent ?? 0) >= 2,
  };
}

function stateIn(known: Known, incident: KnownIncident): ComponentStatus {
  if (isOver(incident)) return stateOfImpact[incident.impact];
  if (known.page.stale) return "unknown";
  return affectedBy(incident, known).reduce(
    (worst, { status }) => worse(worst, status),
    stateOfIncident(incident),
  );
}

/** The components that an incident names; of one that names none, those that no other names. */
function affectedBy({ components }: KnownIncident, known: Known) {
  const named = components.length
    ? components
    : [...known.incidents.values()].filter((one) => !isOver(one)).flatMap((one) => one.components);
  const [ids, names] = [new Set(named.map(({ id }) => id)), new Set(named.map(({ name }) => name))];
  const isNamed = ({ id, name }: { id: string; name: string }) => ids.has(id) || names.has(name);
  return [...known.components.values()].filter((component) => isNamed(component) === components.length > 0);
}

// Some vendors date the beginning after the words by which they tell of it.
function latestOf({ updatedAt, startedAt, updates }: KnownIncident): string {
  const times = [updatedAt, startedAt ?? updatedAt, updates.at(-1)?.at ?? updatedAt];
  return times.reduce((latest, at) => (Date.parse(at) > Date.parse(latest) ? at : latest));
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
