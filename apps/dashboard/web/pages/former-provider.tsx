import { useAnswer } from "../board.tsx";
import { Answered } from "../parts/answered.tsx";
import { Heading } from "../parts/heading.tsx";
import { IncidentList } from "../parts/incident-list.tsx";
import { IncidentSearch } from "../parts/incident-search.tsx";
import { NotWatched } from "../parts/not-watched.tsx";
import { UptimeSection } from "../parts/uptime.tsx";
import { Link } from "../routing.tsx";
import type { FoundIncidents, ProviderHistory } from "../views.ts";

/** A provider that was removed from the configuration: its history, and nothing about the present. */
export function FormerProvider({ history }: { history: ProviderHistory }) {
  const { id, name } = history;
  const found = useAnswer<FoundIncidents>(`/api/v1/incidents/search?provider=${encodeURIComponent(id)}`);
  return (
    <>
      <Heading title={name} />
      <NotWatched name={name} />
      <p className="quiet links">
        <Link href={`/events?provider=${encodeURIComponent(id)}`}>Events</Link>
      </p>
      <UptimeSection provider={{ id, name }} history={history} />
      <section aria-labelledby="past">
        <h2 id="past">Incidents on record</h2>
        <IncidentSearch provider={id} />
        <Answered resource={found}>
          {({ incidents }) =>
            incidents.length ? <IncidentList incidents={incidents} /> : <p className="quiet">None.</p>
          }
        </Answered>
      </section>
    </>
  );
}
