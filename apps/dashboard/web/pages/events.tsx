import { useState } from "react";
import { useAnswer } from "../board.tsx";
import { Answered } from "../parts/answered.tsx";
import { EventLines } from "../parts/feed.tsx";
import { Heading } from "../parts/heading.tsx";
import { go, usePlace } from "../routing.tsx";
import type { EventView, ProviderSummary } from "../views.ts";

const filters = ["q", "provider", "type", "since"] as const;
const kinds = ["incident", "maintenance", "component", "page", "source"];

interface EventsAnswer {
  events: EventView[];
  previous: string | null;
}

/** The log: filtered by what the address says, and exported as it is filtered. */
export function EventsPage() {
  const { query } = usePlace();
  const wanted = wantedOf(query);
  return (
    <>
      <Heading title="Events" />
      <Filters query={query} />
      <p className="quiet">
        Export the newest 500 as <a href={`/api/v1/events.csv?limit=500&${wanted}`}>CSV</a>,{" "}
        <a href={`/api/v1/events?limit=500&${wanted}`}>JSON</a> · Subscribe by{" "}
        <a href={`/api/v1/events.atom?${wanted}`}>Atom</a>, <a href={`/api/v1/events.rss?${wanted}`}>RSS</a>
      </p>
      <Pages key={wanted} wanted={wanted} />
    </>
  );
}

function wantedOf(query: URLSearchParams): string {
  const given = filters.flatMap((name) => {
    const value = query.get(name)?.trim();
    // The field gives a day; the API wants a time.
    return value ? [[name, name === "since" && !value.includes("T") ? `${value}T00:00:00.000Z` : value]] : [];
  });
  return new URLSearchParams(given).toString();
}

/** Pages of the log, newest first, as many as have been asked for. */
function Pages({ wanted }: { wanted: string }) {
  const [befores, setBefores] = useState<readonly string[]>([""]);
  return (
    <div role="region" aria-label="Events found">
      {befores.map((before, index) => (
        <Page
          key={before}
          url={`/api/v1/events?limit=100&${wanted}${before ? `&before=${before}` : ""}`}
          isLast={index === befores.length - 1}
          onOlder={(previous) => setBefores([...befores, previous])}
        />
      ))}
    </div>
  );
}

interface PageProps {
  url: string;
  isLast: boolean;
  onOlder(previous: string): void;
}

function Page({ url, isLast, onOlder }: PageProps) {
  return (
    <Answered resource={useAnswer<EventsAnswer>(url)}>
      {({ events, previous }) => (
        <>
          {events.length ? <EventLines events={events.toReversed()} linked /> : <p>No events match.</p>}
          {isLast && previous !== null ? (
            <button type="button" onClick={() => onOlder(previous)}>
              Older events
            </button>
          ) : null}
        </>
      )}
    </Answered>
  );
}

function Filters({ query }: { query: URLSearchParams }) {
  const { data } = useAnswer<{ providers: ProviderSummary[] }>("/api/v1/providers");
  const change = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    go(`/events?${next.toString()}`, { replace: true });
  };
  const field = (name: (typeof filters)[number]) => ({
    value: query.get(name) ?? "",
    onChange: ({ target }: { target: { value: string } }) => change(name, target.value),
  });
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Words <input type="search" {...field("q")} />
      </label>
      <label>
        Service{" "}
        <select {...field("provider")}>
          <option value="">All</option>
          {data?.providers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Kind{" "}
        <select {...field("type")}>
          <option value="">All</option>
          {kinds.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        Since (UTC) <input type="date" {...field("since")} />
      </label>
    </form>
  );
}
