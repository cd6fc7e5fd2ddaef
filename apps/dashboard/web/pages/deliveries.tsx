import { useAnswer } from "../board.tsx";
import { DeadLetterSection } from "../parts/dead-letters.tsx";
import { DeliveryList } from "../parts/delivery-list.tsx";
import { DeliveryPlots } from "../parts/delivery-plots.tsx";
import { Heading } from "../parts/heading.tsx";
import { QueuesTable } from "../parts/queues-table.tsx";
import { go, usePlace } from "../routing.tsx";
import type { DeadLetterSummary, ProviderSummary, TalliesView } from "../views.ts";

/** What could not succeed and what to do about it, what went where, and what is under way. */
export function DeliveriesPage() {
  const { query } = usePlace();
  return (
    <>
      <Heading title="Deliveries and dead letters" />
      <Filters query={query} />
      <DeadLetterSection sink={query.get("sink") ?? ""} />
      <DeliveryPlots />
      <DeliveryList query={query} />
      <QueuesTable />
    </>
  );
}

function Filters({ query }: { query: URLSearchParams }) {
  const { data } = useAnswer<{ providers: ProviderSummary[] }>("/api/v1/providers");
  const sinks = useSinks();
  const field = (name: "provider" | "sink") => ({
    value: query.get(name) ?? "",
    onChange: ({ target }: { target: { value: string } }) => {
      const next = new URLSearchParams(query);
      if (target.value) next.set(name, target.value);
      else next.delete(name);
      go(`/deliveries?${next.toString()}`, { replace: true });
    },
  });
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Sink{" "}
        <select {...field("sink")}>
          <option value="">All</option>
          {sinks.map((sink) => (
            <option key={sink}>{sink}</option>
          ))}
        </select>
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
