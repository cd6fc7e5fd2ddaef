import { clockOf, keyOf } from "./change.ts";
import type { Scope } from "./scope.ts";
import type { Change } from "./event.ts";
import type { Known, KnownPage } from "./known.ts";
import { definedOf } from "./merge.ts";
import { isDone, isOver, type Page, type Snapshot, speaksInFull } from "./snapshot.ts";
import { type Impact, inWords } from "./words.ts";

/** Whether a page speaks from before what it has already told: a stale edge, a cache. */
export function isLate(known: Page, told: Page): boolean {
  return told.updatedAt !== undefined && known.updatedAt !== undefined && told.updatedAt < known.updatedAt;
}

/** The page's own word, which is news only where it is the page's only word. */
export function comparePage(known: Known, told: Snapshot, scope: Scope): { next: KnownPage; changes: Change[] } {
  const before = known.page;
  const full = speaksInFull(told);
  const isOld = isLate(before, told.page) || (full && scope.at < scope.readAt);
  const next: KnownPage = {
    ...before,
    ...(isOld ? {} : definedOf(told.page)),
    baseline: before.baseline || scope.isReading || saysNothingElse(told),
    ...(full && scope.at > scope.readAt ? { readAt: scope.at } : {}),
    undatedSince: scope.undatedSince,
    omitted: told.page.omitted ?? (full ? undefined : before.omitted),
  };
  const { indicator } = next;
  const isNews =
    indicator !== undefined &&
    indicator !== (before.indicator ?? "none") &&
    saysNothingElse(told) &&
    !hasOtherWords(known);
  return { next, changes: isNews ? [pageChanged(indicator, before, { told: told.page, scope })] : [] };
}

function saysNothingElse({ components, incidents, maintenances, page }: Snapshot): boolean {
  return page.indicator !== undefined && !components.length && !incidents.length && !maintenances.length;
}

// A page with components or something open speaks through these, also when one answer leaves them out.
function hasOtherWords({ components, incidents, maintenances }: Known): boolean {
  return (
    components.size > 0 ||
    [...incidents.values()].some((incident) => !incident.unlisted && !isOver(incident)) ||
    [...maintenances.values()].some((maintenance) => !maintenance.unlisted && !isDone(maintenance))
  );
}

function pageChanged(indicator: Impact, before: KnownPage, { told, scope }: { told: Page; scope: Scope }): Change {
  const timestamp = told.updatedAt ?? scope.at;
  const url = told.url ?? before.url;
  return {
    key: keyOf("page.changed", indicator, clockOf(timestamp, before.updatedAt, scope.at)),
    type: "page.changed",
    product: scope.page,
    status: indicator === "none" ? "Operational" : `${inWords(indicator)} Impact`,
    timestamp,
    initial: !before.baseline,
    inferred: false,
    ...(url ? { url } : {}),
  };
}
