import { isDone, isOver, type Snapshot } from "@statuswire/status";

interface Telling {
  /** What an intact payload says. */
  truth: Snapshot;
  /** What it says with something wrong in it. */
  said: Snapshot;
  /** Whether a list was emptied in a way in which the vendor empties it, too. */
  empties: boolean;
}

/** Where a snapshot makes things look better than they are. What is unknown, or not spoken of, is no lie. */
export function liesIn({ truth, said, empties }: Telling): string[] {
  return [
    ...healed(truth, said),
    ...closed(truth, said),
    ...(said.page.indicator === "none" && truth.page.indicator !== "none" ? ["the page claims to be well"] : []),
    ...(empties ? [] : vanished(truth, said)),
  ];
}

function healed(truth: Snapshot, said: Snapshot): string[] {
  const troubled = new Set(truth.components.filter(({ status }) => status !== "operational").map(({ id }) => id));
  return said.components
    .filter(({ id, status }) => troubled.has(id) && status === "operational")
    .map(({ id }) => `component ${id} claims to be operational`);
}

function closed(truth: Snapshot, said: Snapshot): string[] {
  const open = new Set([
    ...truth.incidents.filter((incident) => !isOver(incident)).map(({ id }) => id),
    ...truth.maintenances.filter((maintenance) => !isDone(maintenance)).map(({ id }) => id),
  ]);
  return [...said.incidents.filter(isOver), ...said.maintenances.filter(isDone)]
    .filter(({ id }) => open.has(id))
    .map(({ id }) => `${id} claims to be over`);
}

function vanished(truth: Snapshot, said: Snapshot): string[] {
  const { components, incidents, maintenances } = said.coverage;
  const claims: [boolean, string][] = [
    [components === "full" && troubles(said) < troubles(truth), "a troubled component is gone"],
    [incidents === "full" && maintenances === "full" && affairs(said) < affairs(truth), "an open affair is gone"],
  ];
  return claims.flatMap(([isLie, what]) => (isLie ? [what] : []));
}

function troubles({ components }: Snapshot): number {
  return components.filter(({ status }) => status !== "operational").length;
}

function affairs({ incidents, maintenances }: Snapshot): number {
  return incidents.filter((one) => !isOver(one)).length + maintenances.filter((one) => !isDone(one)).length;
}
