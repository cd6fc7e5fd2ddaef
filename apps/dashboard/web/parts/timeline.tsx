import { useState } from "react";
import { type Telling, tellingsOf } from "../tellings.ts";
import type { EventView, IncidentView } from "../views.ts";
import { duration, spoken } from "../words.ts";
import { Clock, Moment } from "./moment.tsx";

interface Props {
  updates: IncidentView["updates"];
  events: readonly EventView[];
  /** When we concluded that it is over, because the vendor no longer lists it. */
  inferredAt: string | undefined;
}

/** What the vendor wrote, each with when we saw it and how it was worded before. */
export function Timeline({ updates, events, inferredAt }: Props) {
  const [isOldestFirst, setOldestFirst] = useState(false);
  const entries = updates.map((update) => (
    <Entry key={`${update.id} ${update.at}`} update={update} events={events} />
  ));
  if (inferredAt !== undefined) entries.push(<Inferred key="inferred" at={inferredAt} />);
  return (
    <section aria-labelledby="timeline">
      <div className="section-top">
        <h2 id="timeline">Timeline</h2>
        <button type="button" onClick={() => setOldestFirst(!isOldestFirst)}>
          {isOldestFirst ? "Newest first" : "Oldest first"}
        </button>
      </div>
      {updates.length ? null : <p className="quiet">The vendor has written nothing about it.</p>}
      <ol className="timeline">{isOldestFirst ? entries : entries.toReversed()}</ol>
    </section>
  );
}

function Entry({ update, events }: { update: IncidentView["updates"][number]; events: readonly EventView[] }) {
  const { status, text, at } = update;
  const tellings = tellingsOf(update, events);
  const seenAt = tellings[0]?.seenAt;
  return (
    <li>
      <article aria-label={spoken(status)}>
        <h3>{spoken(status)}</h3>
        <p className="quiet">
          <Clock at={at} /> · <Moment at={at} />
          {seenAt === undefined ? null : ` · seen ${after(at, seenAt)}`}
        </p>
        <p>{text}</p>
        <Earlier tellings={tellings} />
      </article>
    </li>
  );
}

function Earlier({ tellings }: { tellings: readonly Telling[] }) {
  const last = tellings.at(-1);
  if (tellings.length < 2 || !last) return null;
  return (
    <details className="quiet">
      <summary>
        Edited, seen <Clock at={last.seenAt} />
      </summary>
      <p>It said before:</p>
      {tellings.slice(0, -1).map(({ text, seenAt }) => (
        <blockquote key={seenAt}>
          <del>{text}</del>
        </blockquote>
      ))}
    </details>
  );
}

function Inferred({ at }: { at: string }) {
  return (
    <li>
      <article aria-label="Inferred">
        <h3>Resolved (inferred)</h3>
        <p className="quiet">
          <Clock at={at} /> · <Moment at={at} />
        </p>
        <p>
          No longer listed by the vendor, in two readings. That it is over is our conclusion; the vendor did not
          say it.
        </p>
      </article>
    </li>
  );
}

function after(at: string, seenAt: string): string {
  const ms = Date.parse(seenAt) - Date.parse(at);
  return ms < 1000 ? "at once" : `${duration(ms)} later`;
}
