import { shownState } from "../../src/views/headline.ts";
import { useAnswer } from "../board.tsx";
import { historyOf } from "../days.ts";
import { AnsweredPage } from "../parts/answered-page.tsx";
import { ComponentGroups } from "../parts/component-groups.tsx";
import { DayIncidents } from "../parts/day-incidents.tsx";
import { Heading } from "../parts/heading.tsx";
import { IncidentCard } from "../parts/incident-card.tsx";
import { FormerProvider } from "./former-provider.tsx";
import { IncidentList } from "../parts/incident-list.tsx";
import { IncidentSearch } from "../parts/incident-search.tsx";
import { LagSection } from "../parts/lag-section.tsx";
import { MaintenanceList } from "../parts/maintenance-list.tsx";
import { EventsPlot, LagPlot, MinutesPlot } from "../parts/provider-plots.tsx";
import { SourceHealth } from "../parts/source-health.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { UptimeSection } from "../parts/uptime.tsx";
import { Link, usePlace, VendorLink } from "../routing.tsx";
import type { ProviderHistory, ProviderView } from "../views.ts";
import { counted, stateWords } from "../words.ts";

/** One provider: an answer first, then what it rests on. */
export function ProviderPage({ id }: { id: string }) {
  const url = `/api/v1/providers/${encodeURIComponent(id)}`;
  const resource = useAnswer<ProviderView>(url);
  const { data: history, problem } = useAnswer<ProviderHistory>(historyOf(url));
  if (!resource.data && history && !history.isWatched) return <FormerProvider history={history} />;
  // One that is watched no more may have a history yet.
  if (resource.isMissing && !history && problem === undefined) return <p className="quiet">Loading …</p>;
  return (
    <AnsweredPage resource={resource}>
      {(provider) => <Provider provider={provider} history={history} />}
    </AnsweredPage>
  );
}

interface Props {
  provider: ProviderView;
  history: ProviderHistory | undefined;
}

function Provider({ provider, history }: Props) {
  const { id, name, page, incidents, maintenances, components, neverRead } = provider;
  const open = incidents.filter(({ isOpen }) => isOpen);
  const day = usePlace().query.get("day");
  const over = incidents.filter(({ isOpen }) => !isOpen);
  return (
    <>
      <Heading title={name} />
      <p className="lead">
        <StateMark state={shownState(provider)} /> {answerOf(provider)}
      </p>
      <p className="quiet links">
        <VendorLink href={page}>Their status page</VendorLink> ·{" "}
        <Link href={`/events?provider=${encodeURIComponent(id)}`}>Events</Link> ·{" "}
        <a href={`/api/v1/events.atom?provider=${encodeURIComponent(id)}`}>Atom feed</a>
      </p>
      {open.length ? (
        <section aria-labelledby="open">
          <h2 id="open">Open incidents</h2>
          <div className="cards">
            {open.map((incident) => (
              <IncidentCard key={incident.id} incident={incident} />
            ))}
          </div>
        </section>
      ) : null}
      {day !== null && isDate(day) ? <DayIncidents provider={provider} date={day} /> : null}
      {history ? <UptimeSection provider={provider} history={history} /> : null}
      <section aria-labelledby="components">
        <h2 id="components">Components</h2>
        <ComponentGroups {...{ components, neverRead }} histories={history?.components ?? []} />
      </section>
      {maintenances.length ? (
        <section aria-labelledby="maintenance">
          <h2 id="maintenance">Maintenance</h2>
          <MaintenanceList maintenances={maintenances} />
        </section>
      ) : null}
      <section aria-labelledby="past">
        <h2 id="past">Past incidents</h2>
        <IncidentSearch provider={id} />
        {over.length ? <IncidentList incidents={over} /> : <p className="quiet">None that we know of.</p>}
      </section>
      <SourceHealth provider={provider} />
      <LagSection provider={id} />
      <section aria-labelledby="over-time">
        <h2 id="over-time">Over time</h2>
        {history ? <MinutesPlot history={history} /> : null}
        <div className="plot-grid">
          <LagPlot provider={id} />
          <EventsPlot wanted={`provider=${encodeURIComponent(id)}`} />
        </div>
      </section>
    </>
  );
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

function answerOf(provider: ProviderView): string {
  const { name, state, stale, neverRead, openIncidents } = provider;
  if (neverRead) return `${name}'s page has never been read: ${neverRead.reason}.`;
  if (stale)
    return `${name}'s page can't be read (${stale.reason}); it was last ${stateWords[state].toLowerCase()}.`;
  if (state === "unknown") return `We don't know yet how ${name} is.`;
  if (openIncidents) return `${name} reports ${counted(openIncidents, "open incident")}.`;
  return state === "operational"
    ? `${name} reports no problem.`
    : `${name} reports no incident, but not all is well.`;
}
