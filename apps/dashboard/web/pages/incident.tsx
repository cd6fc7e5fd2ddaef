import { useAnswer, useNow } from "../board.tsx";
import { AnsweredPage } from "../parts/answered-page.tsx";
import { EventLines } from "../parts/feed.tsx";
import { Heading } from "../parts/heading.tsx";
import { Clock } from "../parts/moment.tsx";
import { Moments } from "../parts/moments.tsx";
import { NotWatched } from "../parts/not-watched.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { Timeline } from "../parts/timeline.tsx";
import { Link, places, VendorLink } from "../routing.tsx";
import type { EventView, IncidentView, MaintenanceView } from "../views.ts";
import { duration, spoken, stateWords } from "../words.ts";

/** One incident: its course as the vendor told it, and when we saw it. */
export function IncidentPage({ id }: { id: string }) {
  const resource = useAnswer<IncidentView>(`/api/v1/incidents/${encodeURIComponent(id)}`);
  return <AnsweredPage resource={resource}>{(incident) => <Incident incident={incident} />}</AnsweredPage>;
}

/** One maintenance, likewise. */
export function MaintenancePage({ id }: { id: string }) {
  const resource = useAnswer<MaintenanceView>(`/api/v1/maintenances/${encodeURIComponent(id)}`);
  return (
    <AnsweredPage resource={resource}>{(maintenance) => <Maintenance maintenance={maintenance} />}</AnsweredPage>
  );
}

function Incident({ incident }: { incident: IncidentView }) {
  const { startedAt, resolvedAt, state, isOpen, inferred, status } = incident;
  const now = useNow();
  const end = resolvedAt === undefined ? now : Date.parse(resolvedAt);
  return (
    <>
      <Top affair={incident} />
      <p className="lead">
        {isOpen ? (
          <StateMark state={state} word={stateWords[state]} />
        ) : (
          <StateMark state="operational" word="Over" />
        )}{" "}
        {inferred ? "No longer listed by the vendor: we take it to be resolved" : spoken(status)}
        {startedAt
          ? ` · ${isOpen ? "for" : "lasted"} ${duration(Math.max(0, end - Date.parse(startedAt)))}`
          : null}
      </p>
      <Body affair={incident} began={startedAt} inferredAt={inferred ? resolvedAt : undefined} />
    </>
  );
}

function Maintenance({ maintenance }: { maintenance: MaintenanceView }) {
  const { status, scheduledFor, scheduledUntil } = maintenance;
  return (
    <>
      <Top affair={maintenance} />
      <p className="lead">
        <StateMark state="under_maintenance" word={spoken(status)} />{" "}
        {scheduledFor ? <Clock at={scheduledFor} /> : null}
        {scheduledUntil ? (
          <>
            {" – "}
            <Clock at={scheduledUntil} />
          </>
        ) : null}
      </p>
      <Body affair={maintenance} />
    </>
  );
}

function Top({
  affair: { provider, providerName, title, isWatched },
}: {
  affair: IncidentView | MaintenanceView;
}) {
  return (
    <>
      <p className="quiet crumb">
        <Link href={places.provider(provider)}>{providerName}</Link>
      </p>
      <Heading title={title} />
      {isWatched ? null : <NotWatched name={providerName} />}
    </>
  );
}

interface Told {
  affair: IncidentView | MaintenanceView;
  began?: string | undefined;
  inferredAt?: string | undefined;
}

function Body({ affair, began, inferredAt }: Told) {
  const { id, components, updates, url } = affair;
  const { data } = useAnswer<{ events: EventView[] }>(
    `/api/v1/events?limit=200&incident=${encodeURIComponent(id)}`,
  );
  const events = data?.events ?? [];
  return (
    <>
      <dl className="facts">
        {components.length ? (
          <>
            <dt>Affects</dt>
            <dd>{components.map(({ name }) => name).join(", ")}</dd>
          </>
        ) : null}
        <Moments began={began} posted={updates[0]?.at} first={events[0]} />
        {url === undefined ? null : (
          <>
            <dt>More</dt>
            <dd>
              <VendorLink href={url}>Vendor page</VendorLink>
            </dd>
          </>
        )}
      </dl>
      <Timeline updates={updates} events={events} inferredAt={inferredAt} />
      <section aria-labelledby="recorded">
        <h2 id="recorded">As recorded</h2>
        {events.length ? (
          <EventLines events={events.toReversed()} />
        ) : (
          <p className="quiet">No event is in the log.</p>
        )}
      </section>
    </>
  );
}
