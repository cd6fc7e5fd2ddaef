import { useState } from "react";
import { useLive } from "../board.tsx";
import { Link } from "../routing.tsx";
import type { EventView } from "../views.ts";
import { counted } from "../words.ts";

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
        <Link href="/events">All events</Link>
      </p>
    </section>
  );
}

/** Events, each in its two lines. */
export function EventLines({ events }: { events: readonly EventView[] }) {
  return (
    <ol className="event-lines">
      {events.map(({ seq, line, initial, inferred }) => (
        <li key={seq}>
          <pre>{line}</pre>
          {initial || inferred ? <span className="tag">{initial ? "first look" : "inferred"}</span> : null}
        </li>
      ))}
    </ol>
  );
}
