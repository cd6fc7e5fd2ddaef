import { useAnswer } from "../board.tsx";
import type { Filter } from "../filters.ts";
import type { ProviderSummary } from "../views.ts";

/** Chooses one of the services, or all of them. */
export function ServiceSelect(filter: Filter) {
  const { data } = useAnswer<{ providers: ProviderSummary[] }>("/api/v1/providers");
  return (
    <label>
      Service{" "}
      <select {...filter}>
        <option value="">All</option>
        {data?.providers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
