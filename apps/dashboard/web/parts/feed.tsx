import { useState } from "react";
import { useLive } from "../board.tsx";
import { Link, places } from "../routing.tsx";
import type { EventView } from "../views.ts";
import { counted, timeZone } from "../words.ts";
import { Stamp } from "./moment.tsx";

const shown = 50;

/** The log as it grows, in the two lines that the console prints. It can be held still to read. */
export function Feed() {
  const { events } = useLive();
  const [held, setHeld] = useState<readonly EventView[]>();
  const list = held ?? events;
  const waiting = held ? events.findIndex(({ seq }) => seq === held[0]?.seq) : 0;
  return (
    <section className="feed" aria-labelledby="feed">
      <div className="section-top">
        <h2 id="feed">Live feed</h2>
        <button type="button" aria-pressed={held !== undefined} onClick={() => setHeld(held ? undefined : events)}>
          {held ? "Resume" : "Pause"}
        </button>
      </div>
      {waiting > 0 ? <p className="quiet">{counted(waiting, "new event")} since you paused.</p> : null}
      {list.length ? (
        <EventLines events={list.slice(0, shown)} />
      ) : (
        <p className="quiet">Nothing has happened yet. What happens appears here.</p>
      )}
      <p className="quiet">
        <Link href="/events">All events</Link> · Times are in {timeZone}.
      </p>
    </section>
  );
}

/** Events, each in its two lines; `linked`, with a way to what they are about. */
export function EventLines({ events, linked = false }: { events: readonly EventView[]; linked?: boolean }) {
  return (
    <ol className="event-lines">
      {events.map((event) => (
        <li key={event.seq}>
          <pre>
            <Stamped event={event} />
          </pre>
          {event.initial || event.inferred ? (
            <span className="tag">{event.initial ? "first look" : "inferred"}</span>
          ) : null}
          {linked ? <Subject event={event} /> : null}
        </li>
      ))}
    </ol>
  );
}

// As the console prints it, but with the time where the reader is.
function Stamped({ event: { line, timestamp } }: { event: EventView }) {
  return (
    <>
      [<Stamp at={timestamp} />
      {line.slice(Math.max(0, line.indexOf("]")))}
    </>
  );
}

function Subject({ event: { seq, provider, product, incident, maintenance } }: { event: EventView }) {
  // What is about ourselves has no page.
  if (provider === "statuswire")
    return (
      <span className="ways">
        <Link href={places.event(seq)} aria-label={`Trace: ${product}`}>
          Trace
        </Link>
      </span>
    );
  const [href, word] = incident
    ? [places.incident(`${provider}:${incident.id}`), "Incident"]
    : maintenance
      ? [places.maintenance(`${provider}:${maintenance.id}`), "Maintenance"]
      : [places.provider(provider), "Service"];
  return (
    <span className="ways">
      <Link href={href} aria-label={`${word}: ${product}`}>
        {word}
      </Link>{" "}
      <Link href={places.event(seq)} aria-label={`Trace: ${product}`}>
        Trace
      </Link>
    </span>
  );
}
