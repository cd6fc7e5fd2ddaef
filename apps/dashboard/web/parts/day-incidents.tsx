import { boundsOf, dateInWords, wasOn } from "../days.ts";
import { Link, places } from "../routing.tsx";
import type { ProviderView } from "../views.ts";
import { IncidentList } from "./incident-list.tsx";
import { MaintenanceList } from "./maintenance-list.tsx";

/** What a provider had on one day: `date` as in 2026-11-22, by the reader's clocks. */
export function DayIncidents({ provider, date }: { provider: ProviderView; date: string }) {
  const { id, incidents, maintenances } = provider;
  const affairs = {
    incidents: incidents.filter(({ startedAt, resolvedAt, isOpen, updatedAt }) =>
      wasOn(date, { from: startedAt ?? updatedAt, until: isOpen ? undefined : (resolvedAt ?? updatedAt) }),
    ),
    maintenances: maintenances.filter(({ scheduledFor, scheduledUntil, updatedAt }) =>
      wasOn(date, { from: scheduledFor ?? updatedAt, until: scheduledUntil ?? updatedAt }),
    ),
  };
  const isEmpty = !affairs.incidents.length && !affairs.maintenances.length;
  return (
    <section className="card" aria-labelledby="day">
      <div className="section-top">
        <h2 id="day">{dateInWords(date)}</h2>
        <Link href={places.provider(id)}>Close</Link>
      </div>
      {affairs.incidents.length ? <IncidentList incidents={affairs.incidents} /> : null}
      {affairs.maintenances.length ? <MaintenanceList maintenances={affairs.maintenances} /> : null}
      {isEmpty ? (
        <p>No incident and no maintenance of that day is on record; a component may have said it alone.</p>
      ) : null}
      <p className="quiet">
        <Link href={eventsOf(id, date)}>Events of that day</Link>
      </p>
    </section>
  );
}

function eventsOf(provider: string, date: string): string {
  const { begins, ends } = boundsOf(date);
  const query = new URLSearchParams({
    provider,
    since: new Date(begins).toISOString(),
    before: `${ends}-0`,
  });
  return `/events?${query.toString()}`;
}
