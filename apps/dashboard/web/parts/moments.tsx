import type { ReactNode } from "react";
import { useAnswer } from "../board.tsx";
import type { EventView, TraceView } from "../views.ts";
import { duration, spoken } from "../words.ts";
import { Clock } from "./moment.tsx";

interface Props {
  /** When the vendor says it began, and when it first wrote of it. */
  began: string | undefined;
  posted: string | undefined;
  /** The first event about it in the log. */
  first: EventView | undefined;
}

/** The four moments of a piece of news: it began, the vendor posted it, we saw it, we delivered it to each sink. */
export function Moments({ began, posted, first }: Props) {
  return (
    <>
      <Fact name="Vendor says it began">{began === undefined ? null : <Clock at={began} />}</Fact>
      <Fact name="Vendor posted">{posted === undefined ? null : <After at={posted} since={began} />}</Fact>
      <Fact name="We saw it">{first ? <After at={first.observedAt} since={posted ?? began} /> : null}</Fact>
      {first ? (
        <Fact name="We delivered it">
          {first.initial ? "to nobody: it was there when we first looked" : <Deliveries event={first} />}
        </Fact>
      ) : null}
    </>
  );
}

/** A name and what it is, where there is anything. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function After({ at, since }: { at: string; since: string | undefined }) {
  const ms = since === undefined ? 0 : Date.parse(at) - Date.parse(since);
  return (
    <>
      <Clock at={at} /> {ms >= 1000 ? <span className="quiet">{duration(ms)} later</span> : null}
    </>
  );
}

/** How the newest try to tell each sink ended. */
function Deliveries({ event }: { event: EventView }) {
  const { data: trace } = useAnswer<TraceView>(`/api/v1/events/${encodeURIComponent(event.seq)}/trace`);
  if (!trace) return "Loading …";
  const bySink = new Map(trace.attempts.map((attempt) => [attempt.sink, attempt]));
  if (!bySink.size) return "nothing is on record (what is kept is 30 days)";
  return (
    <ul className="plain-list">
      {[...bySink.values()].map(({ sink, at, outcome, reason }) => (
        <li key={sink}>
          <span className="strong">{sink}</span>: {spoken(outcome).toLowerCase()}{" "}
          <After at={at} since={event.observedAt} />
          {reason === undefined ? null : <span className="quiet"> {reason}</span>}
        </li>
      ))}
    </ul>
  );
}
