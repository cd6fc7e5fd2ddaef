import { isSilent } from "./kind.ts";
import type { Known } from "./known.ts";
import type { Incident, Snapshot } from "./snapshot.ts";

/**
 * The snapshot with those incidents among its maintenances that say nothing of their state and are known as maintenances:
 * where vendors tell of both alike, only a state or a window tells them apart.
 */
export function amongMaintenances(told: Snapshot, known: Known): Snapshot {
  const mentioned = new Set(told.maintenances.map(({ id }) => id));
  const isMaintenance = (incident: Incident) =>
    isSilent(incident) &&
    known.maintenances.has(incident.id) &&
    !known.incidents.has(incident.id) &&
    !mentioned.has(incident.id);
  const moved = told.incidents.filter(isMaintenance);
  if (!moved.length) return told;
  return {
    ...told,
    incidents: told.incidents.filter((incident) => !isMaintenance(incident)),
    maintenances: [
      ...told.maintenances,
      ...moved.map(({ startedAt: _startedAt, resolvedAt: _resolvedAt, ...affair }) => ({
        ...affair,
        status: "unknown" as const,
      })),
    ],
  };
}
