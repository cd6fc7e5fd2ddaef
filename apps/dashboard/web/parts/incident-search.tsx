import { useDeferredValue, useState } from "react";
import { useAnswer } from "../board.tsx";
import type { FoundIncidents } from "../views.ts";
import { Answered } from "./answered.tsx";
import { IncidentList } from "./incident-list.tsx";

const shortest = 2;

/** Searches a provider's incidents in the whole log. */
export function IncidentSearch({ provider }: { provider: string }) {
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  return (
    <>
      <input
        type="search"
        aria-label="Search all incidents on record"
        placeholder="Search all on record"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {q.length >= shortest ? <Results key={q} query={new URLSearchParams({ provider, q })} /> : null}
    </>
  );
}

function Results({ query }: { query: URLSearchParams }) {
  const [isFurther, setFurther] = useState(false);
  const found = useAnswer<FoundIncidents>(`/api/v1/incidents/search?${query.toString()}`);
  const previous = found.data?.previous;
  return (
    <div role="status">
      <Answered resource={found}>
        {({ incidents }) =>
          incidents.length ? <IncidentList incidents={incidents} /> : <p className="quiet">None found.</p>
        }
      </Answered>
      {previous && !isFurther ? (
        <button type="button" onClick={() => setFurther(true)}>
          Search further back
        </button>
      ) : null}
      {previous && isFurther ? <Results query={withBefore(query, previous)} /> : null}
    </div>
  );
}

function withBefore(query: URLSearchParams, before: string): URLSearchParams {
  const next = new URLSearchParams(query);
  next.set("before", before);
  return next;
}
