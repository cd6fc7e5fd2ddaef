import { useAnswer } from "../board.tsx";
import { AnsweredPage } from "../parts/answered-page.tsx";
import { EventLines } from "../parts/feed.tsx";
import { Heading } from "../parts/heading.tsx";
import { Clock, Moment } from "../parts/moment.tsx";
import { StateMark } from "../parts/state-mark.tsx";
import { Link, places } from "../routing.tsx";
import type { ComponentStatus, TraceView } from "../views.ts";
import { spoken } from "../words.ts";

/** One event by its place: what it says, who was to be told by which rule, and each try. */
export function EventPage({ seq }: { seq: string }) {
  const trace = useAnswer<TraceView>(`/api/v1/events/${encodeURIComponent(seq)}/trace`);
  return <AnsweredPage resource={trace}>{(trace) => <Traced trace={trace} />}</AnsweredPage>;
}

function Traced({ trace: { event, postedAt, seenAt, recordedAt, ruling, attempts } }: { trace: TraceView }) {
  return (
    <>
      <p className="quiet crumb">
        <Link href={places.provider(event.provider)}>{event.provider}</Link>
      </p>
      <Heading title={event.product} />
      <EventLines events={[event]} linked />
      <dl className="facts">
        <dt>Kind</dt>
        <dd>{event.type}</dd>
        <dt>Vendor’s time of it</dt>
        <dd>
          <Clock at={postedAt} />
        </dd>
        <dt>We saw it</dt>
        <dd>
          <Clock at={seenAt} /> <span className="quiet">by {event.via}</span>
        </dd>
        <dt>Recorded</dt>
        <dd>
          <Clock at={recordedAt} /> <span className="quiet">at {event.seq}</span>
        </dd>
      </dl>
      <section aria-labelledby="decided">
        <h2 id="decided">What was decided</h2>
        {ruling ? (
          <Decided ruling={ruling} />
        ) : (
          <p className="quiet">Nothing yet, or it is more than 30 days ago.</p>
        )}
      </section>
      <section aria-labelledby="tries">
        <h2 id="tries">Tries</h2>
        {attempts.length ? <Tries attempts={attempts} /> : <p className="quiet">Nobody has been told of it.</p>}
      </section>
    </>
  );
}

function Decided({ ruling: { rules, decisions } }: { ruling: NonNullable<TraceView["ruling"]> }) {
  return (
    <>
      <ul className="lines">
        {decisions.map(({ sink, verdict, reason, rule, due }) => (
          <li key={sink}>
            <span className="grow">
              <span className="strong">{sink}</span> — {spoken(verdict).toLowerCase()}: {reason}
            </span>
            <span className="quiet">
              {due === undefined ? null : (
                <>
                  due <Moment at={due} /> ·{" "}
                </>
              )}
              by {rule}
            </span>
          </li>
        ))}
      </ul>
      {decisions.length ? null : <p className="quiet">Nobody was to be told: no rule is about it.</p>}
      {rules.length ? (
        <details className="quiet">
          <summary>Every rule that was looked at</summary>
          <ul className="lines">
            {rules.map(({ rule, matches, because }) => (
              <li key={rule}>
                <span className="grow">{rule}</span> {matches ? "is about this event" : because}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

type Outcome = TraceView["attempts"][number]["outcome"];

const looks: Readonly<Record<Outcome, ComponentStatus>> = {
  delivered: "operational",
  failed: "degraded_performance",
  refused: "major_outage",
  waiting: "degraded_performance",
  overtaken: "unknown",
  not_needed: "unknown",
  disabled: "unknown",
};

function Tries({ attempts }: { attempts: TraceView["attempts"] }) {
  return (
    <ol className="lines">
      {attempts.map(({ sink, at, outcome, ms, reason }, index) => (
        <li key={index}>
          <StateMark state={looks[outcome]} word={spoken(outcome)} />
          <span className="grow">
            <span className="strong">{sink}</span>{" "}
            {reason === undefined ? null : <span className="quiet">{reason}</span>}
          </span>
          <span className="quiet">
            {ms === undefined ? null : `${ms} ms · `}
            <Clock at={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
