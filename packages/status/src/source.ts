import { keyOf } from "./change.ts";
import type { Comparison } from "./compare.ts";
import type { Change, EventType } from "./event.ts";
import { type Known, nothing } from "./known.ts";

interface Circumstances {
  at: string;
  name: string;
  reason: string;
}

/** The page can't be relied on any more: unreachable, blocked, or no longer in its shape. Said once. */
export function stale(known: Known, { at, name, reason }: Circumstances): Comparison {
  if (known.page.stale) return { known, changes: [] };
  const page = { ...known.page, stale: { since: at, reason } };
  return {
    known: { ...known, page },
    changes: [sourceChange("source.stale", `Not reporting: ${reason}`, { at, name, known })],
  };
}

/** The page can be read again. Said once. */
export function recovered(known: Known, { at, name }: Omit<Circumstances, "reason">): Comparison {
  if (!known.page.stale) return { known, changes: [] };
  const page = { ...known.page, stale: undefined };
  return {
    known: { ...known, page },
    changes: [sourceChange("source.recovered", "Reporting again.", { at, name, known })],
  };
}

/**
 * The page was read in this format. In another than before, it has moved: what was known bears the old platform's ids, and none
 * of it has ended, so the next look is a first look.
 */
export function spokenIn(known: Known, format: string, { at, name }: Omit<Circumstances, "reason">): Comparison {
  const { format: before, name: called, url } = known.page;
  if (before === format) return { known, changes: [] };
  if (before === undefined) return { known: { ...known, page: { ...known.page, format } }, changes: [] };
  return {
    known: { ...nothing, page: { ...nothing.page, format, name: called, url } },
    changes: [sourceChange("source.migrated", `Moved from ${before} to ${format}.`, { at, name, known })],
  };
}

function sourceChange(
  type: EventType,
  status: string,
  { at, name, known }: { at: string; name: string; known: Known },
): Change {
  return {
    key: keyOf(type, at),
    type,
    product: known.page.name ?? name,
    status,
    timestamp: at,
    initial: false,
    inferred: true,
  };
}
