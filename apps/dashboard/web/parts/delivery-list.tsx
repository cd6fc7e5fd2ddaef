import { useFilters } from "../filters.ts";
import { Link, places } from "../routing.tsx";
import type { ComponentStatus, DeliveryState, DeliveryView } from "../views.ts";
import { counted } from "../words.ts";
import { Moment } from "./moment.tsx";
import { Paged } from "./paged.tsx";
import { StateMark } from "./state-mark.tsx";

/** How each state of a delivery looks and what it is called, what needs somebody first. */
const looks: Readonly<Record<DeliveryState, { state: ComponentStatus; word: string }>> = {
  failed: { state: "major_outage", word: "Failed" },
  waiting: { state: "degraded_performance", word: "Waiting" },
  held: { state: "under_maintenance", word: "Held" },
  left_out: { state: "unknown", word: "Left out" },
  delivered: { state: "operational", word: "Delivered" },
};
const states = Object.keys(looks) as DeliveryState[]; // The keys of `looks`, which its type says.

interface DeliveriesAnswer {
  deliveries: DeliveryView[];
  previous: string | null;
}

/** Deliveries as the address filters them: those that failed first, each with why. */
export function DeliveryList({ query }: { query: URLSearchParams }) {
  const wanted = new URLSearchParams([...query].filter(([name, value]) => value && names.has(name)));
  const urlOf = (before: string | undefined) =>
    `/api/v1/deliveries?${new URLSearchParams([...wanted, ...(before ? [["before", before]] : [])]).toString()}`;
  return (
    <section aria-labelledby="deliveries">
      <div className="section-top">
        <h2 id="deliveries">Deliveries</h2>
        <StateFilter />
      </div>
      <Paged<DeliveriesAnswer>
        key={wanted.toString()}
        name="Deliveries found"
        further="Earlier deliveries"
        urlOf={urlOf}
      >
        {({ deliveries, previous }, isFirst) =>
          deliveries.length ? <Lines deliveries={deliveries} /> : <None isAll={isFirst && previous === null} />
        }
      </Paged>
    </section>
  );
}

const names = new Set(["sink", "state", "provider"]);

function None({ isAll }: { isAll: boolean }) {
  return <p className="quiet">{isAll ? "There are none in the last 30 days." : "None among these."}</p>;
}

function StateFilter() {
  return (
    <label className="quiet">
      State{" "}
      <select {...useFilters()("state")}>
        <option value="">All</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {looks[state].word}
          </option>
        ))}
      </select>
    </label>
  );
}

function Lines({ deliveries }: { deliveries: readonly DeliveryView[] }) {
  // What needs somebody stands first; the rest keeps the order of time.
  const failed = deliveries.filter(({ state }) => state === "failed");
  const others = deliveries.filter(({ state }) => state !== "failed");
  return (
    <ul className="lines deliveries">
      {[...failed, ...others].map((delivery) => (
        <Line key={`${delivery.seq} ${delivery.sink}`} delivery={delivery} />
      ))}
    </ul>
  );
}

function Line({ delivery }: { delivery: DeliveryView }) {
  const { seq, product, type, sink, state, reason, attempts, due, triedAt, recordedAt, deadLetter } = delivery;
  return (
    <li>
      <StateMark {...looks[state]} />
      <span className="grow">
        <span className="strong">{sink}</span> — <Link href={places.event(seq)}>{product}</Link>{" "}
        <span className="quiet">{type}</span>
      </span>
      <span className="quiet">
        {attempts > 1 || state === "failed" ? `tried ${counted(attempts, "time")} · ` : null}
        {due === undefined ? <Moment at={triedAt ?? recordedAt} /> : <Moment at={due} />}
      </span>
      {reason === undefined ? null : (
        <span className="quiet why">
          {reason} {deadLetter === undefined ? null : <a href={`#letter-${deadLetter}`}>Its dead letter</a>}
        </span>
      )}
    </li>
  );
}
