import { type Counted, shownState, tally } from "../../src/views/headline.ts";
import { go, Link, usePlace } from "../routing.tsx";
import type { ComponentStatus, ProviderSummary } from "../views.ts";

const groups = {
  troubled: ["major_outage", "partial_outage", "degraded_performance"],
  maintained: ["under_maintenance"],
  silent: ["unknown"],
  calm: ["operational"],
} satisfies Record<string, readonly ComponentStatus[]>;

type Group = keyof typeof groups;

const names: Readonly<Record<Group, string>> = {
  troubled: "with problems",
  maintained: "in maintenance",
  silent: "not reporting",
  calm: "fine",
};

/** The filter that the address carries. */
export function useServiceFilter() {
  const { query } = usePlace();
  const group = groupOf(query.get("show"));
  const q = query.get("q")?.trim().toLowerCase() ?? "";
  return {
    isOn: group !== undefined || q !== "",
    selects: (provider: ProviderSummary) =>
      (group === undefined || isIn(group, provider)) &&
      [provider.name, provider.id, provider.page ?? ""].some((text) => text.toLowerCase().includes(q)),
  };
}

function groupOf(text: string | null): Group | undefined {
  return (Object.keys(groups) as Group[]).find((group) => group === text);
}

function isIn(group: Group, provider: Counted): boolean {
  const states: readonly ComponentStatus[] = groups[group];
  return states.includes(shownState(provider));
}

/** Counts that filter, and a box to search. */
export function ServiceFilter({ providers }: { providers: readonly ProviderSummary[] }) {
  const { query } = usePlace();
  const counts = tally(providers);
  const chosen = groupOf(query.get("show"));
  return (
    <div className="filters" role="group" aria-label="Filter services">
      {(Object.keys(groups) as Group[])
        .filter((group) => counts[group] || group === chosen)
        .map((group) => (
          <Link
            key={group}
            className="chip"
            href={changed(query, "show", group === chosen ? "" : group)}
            aria-current={group === chosen ? "true" : undefined}
          >
            {counts[group]} {names[group]}
          </Link>
        ))}
      <input
        type="search"
        aria-label="Search services"
        placeholder="Search services"
        value={query.get("q") ?? ""}
        onChange={({ target }) => go(changed(query, "q", target.value), { replace: true })}
      />
    </div>
  );
}

function changed(query: URLSearchParams, name: string, value: string): string {
  const next = new URLSearchParams(query);
  if (value) next.set(name, value);
  else next.delete(name);
  const text = next.toString();
  return text ? `/?${text}` : "/";
}
