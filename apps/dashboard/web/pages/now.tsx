import { headline, shownState, tally } from "../../src/views/headline.ts";
import { useAnswer } from "../board.tsx";
import { Answered } from "../parts/answered.tsx";
import { Feed } from "../parts/feed.tsx";
import { Heading } from "../parts/heading.tsx";
import { IncidentCard } from "../parts/incident-card.tsx";
import { MaintenanceList } from "../parts/maintenance-list.tsx";
import { ServiceFilter, useServiceFilter } from "../parts/service-filter.tsx";
import { ServicesTable } from "../parts/services-table.tsx";
import { StateIcon } from "../parts/state-mark.tsx";
import { Link } from "../routing.tsx";
import type { ComponentStatus, IncidentView, MaintenanceView, ProviderSummary } from "../views.ts";

/** What is going on, worst first. */
export function NowPage() {
  const providers = useAnswer<{ providers: ProviderSummary[] }>("/api/v1/providers");
  const { data: open } = useAnswer<{ incidents: IncidentView[] }>("/api/v1/incidents?state=open");
  const { data: ahead } = useAnswer<{ maintenances: MaintenanceView[] }>("/api/v1/maintenances?state=ahead");
  return (
    <div className="now">
      <div>
        <Answered resource={providers}>{({ providers }) => <Headline providers={providers} />}</Answered>
        {open?.incidents.length ? <OpenIncidents incidents={open.incidents} /> : null}
        {ahead?.maintenances.length ? <Ahead maintenances={ahead.maintenances} /> : null}
        {providers.data ? <Services providers={providers.data.providers} /> : null}
      </div>
      <Feed />
    </div>
  );
}

function Headline({ providers }: { providers: readonly ProviderSummary[] }) {
  const sentence = headline(providers);
  return (
    <Heading title={sentence}>
      <StateIcon state={stateOf(providers)} />
      {sentence}
    </Heading>
  );
}

function stateOf(providers: readonly ProviderSummary[]): ComponentStatus {
  const states = new Set(providers.map(shownState));
  const worst = (["major_outage", "partial_outage", "degraded_performance"] as const).find((one) =>
    states.has(one),
  );
  if (worst) return worst;
  const { silent, total } = tally(providers);
  return silent || !total ? "unknown" : "operational";
}

function OpenIncidents({ incidents }: { incidents: readonly IncidentView[] }) {
  return (
    <section aria-labelledby="open">
      <h2 id="open">Open incidents</h2>
      <div className="cards">
        {incidents.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} />
        ))}
      </div>
    </section>
  );
}

function Ahead({ maintenances }: { maintenances: readonly MaintenanceView[] }) {
  return (
    <section aria-labelledby="ahead">
      <div className="section-top">
        <h2 id="ahead">Maintenance</h2>
        <a href="/api/v1/maintenances.ics?state=ahead">Calendar</a>
      </div>
      <MaintenanceList maintenances={maintenances} />
    </section>
  );
}

function Services({ providers }: { providers: readonly ProviderSummary[] }) {
  const { selects, isOn } = useServiceFilter();
  const shown = providers.filter(selects);
  return (
    <section aria-labelledby="services">
      <div className="section-top">
        <h2 id="services">Services</h2>
        <ServiceFilter providers={providers} />
      </div>
      {isOn ? (
        <p className="quiet" role="status">
          Showing {shown.length} of {providers.length} services.
        </p>
      ) : null}
      {shown.length ? <ServicesTable providers={shown} /> : <Empty isFiltered={isOn} />}
    </section>
  );
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <p>No services match. Clear the filter to see all of them.</p>;
  return (
    <p>
      Nothing is being watched yet.{" "}
      <Link href="/add">Pick from known services, or paste the address of a status page</Link>.
    </p>
  );
}
