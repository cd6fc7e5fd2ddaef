import { useState } from "react";
import { useAnswer, useNow } from "../board.tsx";
import { Answered } from "../parts/answered.tsx";
import { EventLines } from "../parts/feed.tsx";
import { Heading } from "../parts/heading.tsx";
import { Clock, Moment } from "../parts/moment.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { Link, places, VendorLink } from "../routing.tsx";
import type { EventView, IncidentView, MaintenanceView } from "../views.ts";
import { duration, spoken, stateOfImpact, stateWords } from "../words.ts";

/** One incident: its course as the vendor told it, and when we saw it. */
export function IncidentPage({ id }: { id: string }) {
  const resource = useAnswer<IncidentView>(`/api/v1/incidents/${encodeURIComponent(id)}`);
  return <Answered resource={resource}>{(incident) => <Incident incident={incident} />}</Answered>;
}

/** One maintenance, likewise. */
export function MaintenancePage({ id }: { id: string }) {
  const resource = useAnswer<MaintenanceView>(`/api/v1/maintenances/${encodeURIComponent(id)}`);
  return <Answered resource={resource}>{(maintenance) => <Maintenance maintenance={maintenance} />}</Answered>;
}

function Incident({ incident }: { incident: IncidentView }) {
  const { startedAt, resolvedAt, impact, isOpen, inferred, status } = incident;
  const now = useNow();
  const end = resolvedAt === undefined ? now : Date.parse(resolvedAt);
  const state = stateOfImpact[impact];
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
        {startedAt ? ` · ${isOpen ? "for" : "lasted"} ${duration(end - Date.parse(startedAt))}` : null}
      </p>
      <Body affair={incident} began={startedAt} />
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
      <Body affair={maintenance} began={undefined} />
    </>
  );
}

function Top({ affair: { provider, providerName, title } }: { affair: IncidentView | MaintenanceView }) {
  return (
    <>
      <p className="quiet crumb">
        <Link href={places.provider(provider)}>{providerName}</Link>
      </p>
      <Heading title={title} />
    </>
  );
}

function Body({ affair, began }: { affair: IncidentView | MaintenanceView; began: string | undefined }) {
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
        <Fact name="Vendor says it began" at={began} />
        <Fact name="Vendor posted" at={updates[0]?.at} />
        <Fact name="We saw it" at={events[0]?.observedAt} />
        {url === undefined ? null : (
          <>
            <dt>More</dt>
            <dd>
              <VendorLink href={url}>Vendor page</VendorLink>
            </dd>
          </>
        )}
      </dl>
      <Timeline updates={updates} />
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

function Fact({ name, at }: { name: string; at: string | undefined }) {
  if (at === undefined) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <Clock at={at} />
      </dd>
    </>
  );
}

function Timeline({ updates }: { updates: IncidentView["updates"] }) {
  const [isOldestFirst, setOldestFirst] = useState(false);
  return (
    <section aria-labelledby="timeline">
      <div className="section-top">
        <h2 id="timeline">Timeline</h2>
        <button type="button" onClick={() => setOldestFirst(!isOldestFirst)}>
          {isOldestFirst ? "Newest first" : "Oldest first"}
        </button>
      </div>
      {updates.length ? null : <p className="quiet">The vendor has written nothing about it.</p>}
      <ol className="timeline">
        {(isOldestFirst ? updates : updates.toReversed()).map(({ id, status, text, at }) => (
          <li key={`${id} ${at}`}>
            <article aria-label={spoken(status)}>
              <h3>{spoken(status)}</h3>
              <p className="quiet">
                <Clock at={at} /> · <Moment at={at} />
              </p>
              <p>{text}</p>
            </article>
          </li>
        ))}
      </ol>
    </section>
  );
}
