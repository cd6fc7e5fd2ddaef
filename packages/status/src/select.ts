import type { Known } from "./known.ts";
import type { Selectable } from "./selection.ts";
import type { AffectedComponent, Component, Snapshot } from "./snapshot.ts";

/**
 * A snapshot without what nobody asked for. Choices are sticky: a component stays chosen when it is renamed, and an incident
 * once tied to a chosen component stays when the vendor unlinks it. One that names no component may concern any, and stays.
 */
export function select(known: Known, told: Snapshot, isChosen: (component: Selectable) => boolean): Snapshot {
  const chosen = new Set(told.components.filter((component) => isChosenByAnyName(component)).map(({ id }) => id));
  return {
    ...told,
    components: told.components.filter(({ id }) => chosen.has(id)),
    incidents: told.incidents.filter(
      (incident) => known.incidents.has(incident.id) || concerns(incident.components),
    ),
    maintenances: told.maintenances.filter(
      (maintenance) => known.maintenances.has(maintenance.id) || concerns(maintenance.components),
    ),
  };

  function isChosenByAnyName({ id, name, group }: Component): boolean {
    const before = known.components.get(id);
    return [name, ...(before ? [before.name, ...(before.formerly ?? [])] : [])].some((called) =>
      isChosen({ id, name: called, group: group ?? before?.group }),
    );
  }

  function concerns(affected: readonly AffectedComponent[]): boolean {
    return !affected.length || affected.some((component) => isChosenAsAffected(component));
  }

  function isChosenAsAffected({ id, name }: AffectedComponent): boolean {
    if (id !== undefined && (chosen.has(id) || known.components.has(id))) return true;
    const listed = told.components.find((component) => component.id === id || component.name === name);
    return isChosen({ id, name, group: listed?.group });
  }
}

/** A snapshot of one incident or maintenance alone; of the rest of the page it says nothing. */
export function only(told: Snapshot, id: string): Snapshot {
  return {
    page: {},
    coverage: { components: "partial", incidents: "partial", maintenances: "partial" },
    components: [],
    incidents: told.incidents.filter((incident) => incident.id === id),
    maintenances: told.maintenances.filter((maintenance) => maintenance.id === id),
  };
}
