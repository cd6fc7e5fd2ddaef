import { useState } from "react";
import { useAnswer, useNow } from "../board.tsx";
import type { PollView, ProviderView, SourceView } from "../views.ts";
import { absolute, counted, duration, utc } from "../words.ts";
import { Clock, Moment } from "./moment.tsx";

/** What a provider's state rests on: how its page is read, and how that goes. */
export function SourceHealth({ provider }: { provider: ProviderView }) {
  const { id } = provider;
  const { data: source } = useAnswer<SourceView>(`/api/v1/providers/${encodeURIComponent(id)}/source`);
  return (
    <section aria-labelledby="source">
      <h2 id="source">Source health</h2>
      {source ? <Facts source={source} provider={provider} /> : null}
      {source?.polls.length ? <Polls polls={source.polls} /> : <p className="quiet">No poll yet.</p>}
      <RawPayload id={id} />
    </section>
  );
}

function Facts({ source, provider }: { source: SourceView; provider: ProviderView }) {
  const { format, recognized, everySeconds, lastReadAt, nextPollAt, failures, lagSeconds, lagEvents } = source;
  const { readAt, stale, neverRead } = provider;
  const now = useNow();
  return (
    <dl className="facts">
      <dt>Format</dt>
      <dd>
        {format ?? "unknown"} <span className="quiet">{recognized}</span>
      </dd>
      <dt>Last read</dt>
      <dd>
        {lastReadAt === undefined ? `never: ${neverRead?.reason ?? "no poll yet"}` : <Moment at={lastReadAt} />}
      </dd>
      <dt>Next poll</dt>
      <dd>
        {nextPollAt === undefined ? (
          "none planned"
        ) : Date.parse(nextPollAt) <= now ? (
          "due"
        ) : (
          <Moment at={nextPollAt} />
        )}
        {everySeconds === undefined ? null : `, every ${duration(everySeconds * 1000)}`}
        {failures ? ` (${counted(failures, "failure")} in a row)` : null}
      </dd>
      <dt>Behind the vendor</dt>
      <dd>
        {lagSeconds === undefined
          ? "nothing to measure by yet"
          : `${duration(lagSeconds * 1000)} (median of ${counted(lagEvents, "event")})`}
      </dd>
      <dt>Last news</dt>
      <dd>{readAt ? <Moment at={readAt} /> : "none yet"}</dd>
      {stale ? (
        <>
          <dt>Not reporting</dt>
          <dd>
            since <Moment at={stale.since} />: {stale.reason}
          </dd>
        </>
      ) : null}
    </dl>
  );
}

/** The last polls as a strip, oldest first, and in words. */
function Polls({ polls }: { polls: readonly PollView[] }) {
  return (
    <>
      <ul className="polls" aria-label={`Last ${counted(polls.length, "poll")}, oldest first`}>
        {polls.toReversed().map((poll) => (
          <li
            key={poll.at}
            data-state={isGood(poll) ? "operational" : "major_outage"}
            title={inWords(poll, { timed: true })}
          >
            <span aria-hidden="true">{isGood(poll) ? (poll.outcome === "changed" ? "●" : "○") : "✕"}</span>
            <span className="hidden">{inWords(poll, { timed: true })}</span>
          </li>
        ))}
      </ul>
      <details className="quiet">
        <summary>Last {counted(polls.length, "poll")}</summary>
        <ul className="lines">
          {polls.map((poll) => (
            <li key={poll.at}>
              <Clock at={poll.at} /> {inWords(poll)}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function isGood({ outcome }: PollView): boolean {
  return outcome === "changed" || outcome === "unchanged";
}

/** What a poll brought; `timed`, with when. */
function inWords({ at, outcome, status, bytes, ms }: PollView, { timed = false } = {}): string {
  const answer = status === undefined ? "" : `${status}, `;
  const said = `${answer}${outcome}, ${bytes.toLocaleString()} bytes in ${ms} ms`;
  return timed ? `${absolute(at)} · ${utc(at)}: ${said}` : said;
}

function RawPayload({ id }: { id: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <details className="quiet" onToggle={({ currentTarget }) => setShown(currentTarget.open)}>
      <summary>What the page said last, as it said it</summary>
      {isShown ? <Payload id={id} /> : null}
    </details>
  );
}

function Payload({ id }: { id: string }) {
  const { data, problem } = useAnswer<{ at: string; text: string; isCut: boolean }>(
    `/api/v1/providers/${encodeURIComponent(id)}/payload`,
  );
  if (!data) return <p>{problem ?? "Loading …"}</p>;
  return (
    <>
      <p>
        Read <Moment at={data.at} />
        {data.isCut ? "; only its beginning is kept" : null}
      </p>
      <pre className="scrolling raw" tabIndex={0} role="region" aria-label="Raw payload">
        {data.text}
      </pre>
    </>
  );
}
