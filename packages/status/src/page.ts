import type { Scope } from "./compare.ts";
import type { Change } from "./event.ts";
import type { KnownPage } from "./known.ts";
import { type Page, type Snapshot, speaksInFull } from "./snapshot.ts";
import { type Impact, inWords } from "./words.ts";

/** Whether a page speaks from before what it has already told: a stale edge, a cache. */
export function isLate(known: Page, told: Page): boolean {
  return told.updatedAt !== undefined && known.updatedAt !== undefined && told.updatedAt < known.updatedAt;
}

/** The page's own word, which is news only where it is the page's only word. */
export function comparePage(
  known: KnownPage,
  told: Snapshot,
  scope: Scope,
): { next: KnownPage; changes: Change[] } {
  const full = speaksInFull(told);
  const next: KnownPage = {
    ...known,
    ...withoutUndefined(told.page),
    baseline: known.baseline || full || saysNothingElse(told),
    ...(full && scope.countsAbsence ? { readAt: scope.at } : {}),
  };
  const { indicator } = told.page;
  const isNews = indicator !== undefined && saysNothingElse(told) && indicator !== (known.indicator ?? "none");
  return { next, changes: isNews ? [pageChanged(indicator, next, { scope, initial: !known.baseline })] : [] };
}

function saysNothingElse({ components, incidents, maintenances, page }: Snapshot): boolean {
  return page.indicator !== undefined && !components.length && !incidents.length && !maintenances.length;
}

function pageChanged(
  indicator: Impact,
  page: KnownPage,
  { scope, initial }: { scope: Scope; initial: boolean },
): Change {
  const timestamp = page.updatedAt ?? scope.at;
  return {
    key: ["page.changed", indicator, timestamp].join("|"),
    type: "page.changed",
    product: scope.page,
    status: indicator === "none" ? "Operational" : `${inWords(indicator)} Impact`,
    timestamp,
    initial,
    inferred: false,
    ...(page.url ? { url: page.url } : {}),
  };
}

function withoutUndefined(page: Page): Page {
  return Object.fromEntries(Object.entries(page).filter(([, value]) => value !== undefined));
}
