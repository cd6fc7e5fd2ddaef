import { useAnswer } from "../board.tsx";
import { useFilters } from "../filters.ts";
import { DeadLetterSection } from "../parts/dead-letters.tsx";
import { DeliveryList } from "../parts/delivery-list.tsx";
import { DeliveryPlots } from "../parts/delivery-plots.tsx";
import { Heading } from "../parts/heading.tsx";
import { LagSection } from "../parts/lag-section.tsx";
import { QueuesTable } from "../parts/queues-table.tsx";
import { ServiceSelect } from "../parts/service-select.tsx";
import { usePlace } from "../routing.tsx";
import type { DeadLetterSummary, TalliesView } from "../views.ts";

/** What could not succeed and what to do about it, what went where, and what is under way. */
export function DeliveriesPage() {
  const { query } = usePlace();
  return (
    <>
      <Heading title="Deliveries and dead letters" />
      <Filters />
      <DeadLetterSection sink={query.get("sink") ?? ""} />
      <DeliveryPlots />
      <DeliveryList query={query} />
      <LagSection />
      <QueuesTable />
    </>
  );
}

function Filters() {
  const sinks = useSinks();
  const filter = useFilters();
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Sink{" "}
        <select {...filter("sink")}>
          <option value="">All</option>
          {sinks.map((sink) => (
            <option key={sink}>{sink}</option>
          ))}
        </select>
      </label>
      <ServiceSelect {...filter("provider")} />
    </form>
  );
}

/** The sinks that were told of something lately, or of which something failed. */
function useSinks(): string[] {
  const { query } = usePlace();
  const { data: tallies } = useAnswer<TalliesView>("/api/v1/deliveries/hours?hours=48");
  const { data: letters } = useAnswer<{ deadLetters: DeadLetterSummary[] }>("/api/v1/dead-letters");
  const told = tallies?.sinks.map(({ sink }) => sink) ?? [];
  const failed = letters?.deadLetters.flatMap(({ sink }) => sink ?? []) ?? [];
  return [...new Set([...told, ...failed, ...query.getAll("sink")])].sort();
}
