import type { Known, KnownPage } from "./known.ts";
import { type Snapshot, speaksInFull } from "./snapshot.ts";

/** Longer than an edge was ever seen to stay behind. */
const hour = 60 * 60 * 1000;

/**
 * Since when a page with a clock has spoken without a date: Apple's does while nothing is listed. Such a body from an
 * edge that is behind can't be told from the page's.
 */
export function undatedSince(known: KnownPage, told: Snapshot, at: string): string | undefined {
  if (!speaksInFull(told)) return known.undatedSince;
  return known.updatedAt !== undefined && told.page.updatedAt === undefined
    ? (known.undatedSince ?? at)
    : undefined;
}

/** A snapshot without the ends that it would bring about, unless it has been without a date for long enough. */
export function withoutDoubtfulEnds(
  known: Known,
  told: Snapshot,
  { at, since }: { at: string; since?: string | undefined },
) {
  const isDoubtful = since !== undefined && speaksInFull(told) && Date.parse(at) - Date.parse(since) < hour;
  return isDoubtful ? withoutEnds(known, told) : told;
}

function withoutEnds(known: Known, told: Snapshot): Snapshot {
  const isRecovery = ({ id, status, updatedAt }: Snapshot["components"][number]) =>
    status === "operational" && updatedAt === undefined && known.components.get(id)?.status !== "operational";
  return {
    ...told,
    coverage: { components: "partial", incidents: "partial", maintenances: "partial" },
    components: told.components.filter(
      (component) => !known.components.has(component.id) || !isRecovery(component),
    ),
  };
}
