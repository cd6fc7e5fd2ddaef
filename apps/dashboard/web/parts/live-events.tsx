import { useState } from "react";
import { useAnswer, useLive } from "../board.tsx";
import type { EventView } from "../views.ts";
import { counted } from "../words.ts";
import { EventLines } from "./feed.tsx";
import { Paged } from "./paged.tsx";

interface EventsAnswer {
  events: EventView[];
  previous: string | null;
}

interface Props {
  /** What is wanted of the log, as a query. */
  wanted: string;
  /** The place at which a permanent link lets the list end; without one it grows. */
  until: string | undefined;
}

const most = 100;

/** The log, newest first. What comes meanwhile waits behind a button, so that nothing moves under who reads. */
export function LiveEvents({ wanted, until }: Props) {
  const newest = useLive().events[0]?.seq ?? "0-0";
  const [head, setHead] = useState(newest);
  const end = until ?? after(head);
  return (
    <>
      {until === undefined ? <Fresh wanted={wanted} head={head} onShow={() => setHead(newest)} /> : null}
      <Paged<EventsAnswer>
        key={end}
        name="Events found"
        further="Older events"
        urlOf={(before) => `/api/v1/events?limit=${most}&before=${before ?? end}&${wanted}`}
      >
        {({ events }) =>
          events.length ? <EventLines events={events.toReversed()} linked /> : <p>No events match.</p>
        }
      </Paged>
    </>
  );
}

function Fresh({ wanted, head, onShow }: { wanted: string; head: string; onShow(): void }) {
  const { data } = useAnswer<EventsAnswer>(`/api/v1/events?limit=${most}&after=${head}&${wanted}`);
  const count = data?.events.length ?? 0;
  return (
    <p className="fresh" role="status">
      {count ? (
        <button type="button" onClick={onShow}>
          {count < most ? counted(count, "new event") : `More than ${most} new events`}
        </button>
      ) : null}
    </p>
  );
}

/** The place right after one. */
export function after(seq: string): string {
  const [ms = "0", count = "0"] = seq.split("-");
  return `${ms}-${BigInt(count) + 1n}`;
}
