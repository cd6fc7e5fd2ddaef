import { useLive } from "../board.tsx";
import { useFilters } from "../filters.ts";
import { Heading } from "../parts/heading.tsx";
import { after, LiveEvents } from "../parts/live-events.tsx";
import { EventsPlot } from "../parts/provider-plots.tsx";
import { ServiceSelect } from "../parts/service-select.tsx";
import { Link, usePlace } from "../routing.tsx";
import { stamp } from "../words.ts";

const filters = ["q", "provider", "type", "since"] as const;
const kinds = ["incident", "maintenance", "component", "page", "source"];

/** The log: filtered by what the address says, growing as it does, and exported as it is filtered. */
export function EventsPage() {
  const { query } = usePlace();
  const wanted = wantedOf(query);
  const until = query.get("before") ?? undefined;
  return (
    <>
      <Heading title="Events" />
      <Filters />
      <p className="quiet">
        Export the newest 500 as <a href={`/api/v1/events.csv?limit=500&${wanted}`}>CSV</a>,{" "}
        <a href={`/api/v1/events?limit=500&${wanted}`}>JSON</a> · Subscribe by{" "}
        <a href={`/api/v1/events.atom?${wanted}`}>Atom</a>, <a href={`/api/v1/events.rss?${wanted}`}>RSS</a> ·{" "}
        <Permanent query={query} />
      </p>
      <EventsPlot wanted={wanted} size="small" level="h2" />
      <LiveEvents key={`${wanted} ${until ?? ""}`} wanted={wanted} until={until} />
    </>
  );
}

/** A link to the list as it is now, whatever happens later; and from there back to the one that grows. */
function Permanent({ query }: { query: URLSearchParams }) {
  const newest = useLive().events[0]?.seq ?? "0-0";
  const next = new URLSearchParams(query);
  if (query.has("before")) next.delete("before");
  else next.set("before", after(newest));
  return (
    <Link href={`/events?${next.toString()}`}>
      {query.has("before") ? "Go on live" : "Link to what is here now"}
    </Link>
  );
}

function wantedOf(query: URLSearchParams): string {
  const given = filters.flatMap((name) => {
    const value = query.get(name)?.trim();
    return value ? [[name, name === "since" ? momentOf(value) : value]] : [];
  });
  return new URLSearchParams(given).toString();
}

// The field gives a day, which begins where the reader is; the API wants a time.
function momentOf(since: string): string {
  const begins = since.includes("T") ? Number.NaN : Date.parse(`${since}T00:00:00`);
  return Number.isNaN(begins) ? since : new Date(begins).toISOString();
}

function dayOf(since: string): string {
  return since.includes("T") ? stamp(since).slice(0, 10) : since;
}

function Filters() {
  const filter = useFilters();
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Words <input type="search" {...filter("q")} />
      </label>
      <ServiceSelect {...filter("provider")} />
      <label>
        Kind{" "}
        <select {...filter("type")}>
          <option value="">All</option>
          {kinds.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        Since <input type="date" {...filter("since")} value={dayOf(filter("since").value)} />
      </label>
    </form>
  );
}
