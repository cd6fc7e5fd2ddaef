import { compareAffairs } from "./affairs.ts";
import { amongMaintenances } from "./among-maintenances.ts";
import { compareComponents } from "./components.ts";
import { credible } from "./credible.ts";
import type { Change } from "./event.ts";
import { incidents } from "./incidents.ts";
import { type Known, nothing } from "./known.ts";
import { withinLimits } from "./limits.ts";
import { maintenances } from "./maintenances.ts";
import { merge } from "./merge.ts";
import { comparePage, isLate } from "./page.ts";
import type { Scope } from "./scope.ts";
import { type Snapshot, speaksInFull } from "./snapshot.ts";
import { undatedSince, withoutDoubtfulEnds } from "./undated.ts";

/** When a snapshot was taken, by our clock, and what to call the page if it doesn't say. */
export interface Circumstances {
  at: string;
  name: string;
  /** Whether the page itself was read, be it a page that never lists all there is, such as a feed. */
  isReading?: boolean;
}

export interface Comparison {
  known: Known;
  changes: Change[];
}

/**
 * What a snapshot changes: the next known state and the changes on the way there, oldest first.
 * Laws: saying it again is no news; what is late never overrides; snapshots about different things commute.
 */
export function compare(known: Known = nothing, snapshot: Snapshot, circumstances: Circumstances): Comparison {
  const { at, name, isReading = false } = circumstances;
  // A page that names a thing twice would contradict itself at each reading.
  const whole = merge([credible(amongMaintenances(withinLimits(snapshot, known), known), at)]);
  if (speaksInFull(whole) && isLate(known.page, whole.page)) return { known, changes: [] };

  const since = undatedSince(known.page, whole, at);
  const told = withoutDoubtfulEnds(known, whole, { at, since });
  const scope: Scope = {
    at,
    page: told.page.name ?? known.page.name ?? name,
    isReading: isReading || speaksInFull(whole),
    initial: !known.page.baseline && (isReading || speaksInFull(whole)),
    readAt: known.page.readAt ?? "",
    pageAt: told.page.updatedAt ?? at,
    undatedSince: since,
  };
  const component = compareComponents(known.components, told, scope);
  const incident = compareAffairs(incidents, { known: known.incidents, told, scope });
  const maintenance = compareAffairs(maintenances, { known: known.maintenances, told, scope });
  const page = comparePage(known, told, scope);
  const changes = [page, incident, maintenance, component].flatMap((section) => section.changes);
  return {
    known: {
      page: page.next,
      components: component.next,
      incidents: incident.next,
      maintenances: maintenance.next,
    },
    changes: changes.sort((one, other) => Date.parse(one.timestamp) - Date.parse(other.timestamp)),
  };
}

/** The changes that a snapshot makes. */
export function diff(known: Known | undefined, told: Snapshot, circumstances: Circumstances): Change[] {
  return compare(known, told, circumstances).changes;
}

/** What is known once a snapshot has been heard. */
export function apply(known: Known | undefined, told: Snapshot, circumstances: Circumstances): Known {
  return compare(known, told, circumstances).known;
}
