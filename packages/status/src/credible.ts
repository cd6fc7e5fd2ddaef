import type { Incident, Maintenance, Snapshot, Update } from "./snapshot.ts";

/** Further ahead than a vendor's clock goes astray. Believed, such a time would make us deaf until it comes. */
const hour = 60 * 60 * 1000;

/** A snapshot as of `at` whose times of change can be: what claims to be from the future is from now. */
export function credible(snapshot: Snapshot, at: string): Snapshot {
  const latest = new Date(Date.parse(at) + hour).toISOString();
  const isFuture = (time: string | undefined) => time !== undefined && time > latest;
  const dated = <Thing extends { updatedAt?: string | undefined }>(thing: Thing): Thing =>
    isFuture(thing.updatedAt) ? { ...thing, updatedAt: at } : thing;
  const posted = (update: Update): Update => (isFuture(update.at) ? { ...update, at } : update);
  const told = <A extends Incident | Maintenance>(affair: A): A => {
    const updates = affair.updates.some((update) => isFuture(update.at))
      ? affair.updates.map(posted)
      : affair.updates;
    return updates === affair.updates ? dated(affair) : { ...dated(affair), updates };
  };
  return {
    ...snapshot,
    page: dated(snapshot.page),
    components: snapshot.components.map(dated),
    incidents: snapshot.incidents.map(told),
    maintenances: snapshot.maintenances.map(told),
  };
}
