import { z } from "zod";
import { Component, Incident, isDone, isOver, Maintenance, Page, Time } from "./snapshot.ts";

/** What is remembered about a component or an affair beside what was told. */
const Memory = {
  /** When we last took note of it: our own clock. */
  toldAt: Time,
  /** How many full snapshots in a row have not mentioned it. At two it is over, and that we inferred it is remembered. */
  absent: z.int().optional(),
};

export const KnownComponent = Component.extend({
  ...Memory,
  updatedAt: Time,
  /** What it was called before, newest last: whoever chose it by an old name still has it. */
  formerly: z.array(z.string()).optional(),
});
export type KnownComponent = z.infer<typeof KnownComponent>;

export const KnownIncident = Incident.extend({ ...Memory, updatedAt: Time });
export type KnownIncident = z.infer<typeof KnownIncident>;

export const KnownMaintenance = Maintenance.extend({ ...Memory, updatedAt: Time });
export type KnownMaintenance = z.infer<typeof KnownMaintenance>;

/** Why a page cannot be relied on at present. */
export const Stale = z.object({ since: Time, reason: z.string() });
export type Stale = z.infer<typeof Stale>;

/** What is known of the page itself. */
export const KnownPage = Page.extend({
  /** Whether a full snapshot has been seen: from then on, news is news. */
  baseline: z.boolean(),
  /** When the newest full snapshot was asked for: our own clock. */
  readAt: Time.optional(),
  /** Since when, by our clock, a page with a clock has left it out. */
  undatedSince: Time.optional(),
  stale: Stale.optional(),
  /** The format in which it was last read. */
  format: z.string().optional(),
});
export type KnownPage = z.infer<typeof KnownPage>;

/** All that is known of one provider. Never changed in place. */
export interface Known {
  readonly page: KnownPage;
  readonly components: ReadonlyMap<string, KnownComponent>;
  readonly incidents: ReadonlyMap<string, KnownIncident>;
  readonly maintenances: ReadonlyMap<string, KnownMaintenance>;
}

/** Before anything was told. */
export const nothing: Known = {
  page: { baseline: false },
  components: new Map(),
  incidents: new Map(),
  maintenances: new Map(),
};

/** Whether something may be over and the next full snapshot must tell: it has gone missing once, or the page speaks without a date. */
export function isUnconfirmed({ page, components, incidents, maintenances }: Known): boolean {
  const isAbsent = ({ absent }: { absent?: number | undefined }) => absent === 1;
  return (
    some(components, isAbsent) ||
    some(incidents, isAbsent) ||
    some(maintenances, isAbsent) ||
    (page.undatedSince !== undefined && isAnythingOpen({ components, incidents, maintenances }))
  );
}

function isAnythingOpen({ components, incidents, maintenances }: Omit<Known, "page">): boolean {
  return (
    some(components, ({ status }) => status !== "operational") ||
    some(incidents, (incident) => !incident.unlisted && !isOver(incident)) ||
    some(maintenances, (maintenance) => !maintenance.unlisted && !isDone(maintenance))
  );
}

/** Whether any in a section is so. Asked after each reading of a page: the section is not copied. */
function some<Item>(section: ReadonlyMap<string, Item>, isSo: (item: Item) => boolean): boolean {
  for (const item of section.values()) if (isSo(item)) return true;
  return false;
}

/** The open incidents that the last full snapshot, for the first time, no longer listed: worth asking for by name. */
export function vanished({ incidents }: Known): string[] {
  return [...incidents.values()].filter(({ absent }) => absent === 1).map(({ id }) => id);
}
