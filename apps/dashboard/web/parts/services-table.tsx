import { shownState } from "../../src/views/headline.ts";
import { Link, places } from "../routing.tsx";
import type { ComponentStatus, ProviderSummary } from "../views.ts";
import { counted } from "../words.ts";
import { Moment } from "./moment.tsx";
import { StateMark } from "./state-mark.tsx";

const urgency: readonly ComponentStatus[] = [
  "major_outage",
  "partial_outage",
  "degraded_performance",
  "under_maintenance",
  "unknown",
  "operational",
];

/** Every service in a row: trouble first, then what changed last, then by name. */
export function ServicesTable({ providers }: { providers: readonly ProviderSummary[] }) {
  return (
    <table className="services">
      <thead>
        <tr>
          <th scope="col">State</th>
          <th scope="col">Service</th>
          <th scope="col">Now</th>
          <th scope="col">Last change</th>
        </tr>
      </thead>
      <tbody>
        {providers.toSorted(byUrgency).map((provider) => (
          <ServiceRow key={provider.id} provider={provider} />
        ))}
      </tbody>
    </table>
  );
}

function ServiceRow({ provider }: { provider: ProviderSummary }) {
  const { id, name, stale, openIncidents, componentCount, changedAt } = provider;
  const calm = componentCount ? counted(componentCount, "component") : "";
  return (
    <tr>
      <td>
        <StateMark state={shownState(provider)} />
      </td>
      <th scope="row">
        <Link href={places.provider(id)}>{name}</Link>
      </th>
      <td className="quiet">
        {stale ? (
          <>
            Not reporting, last heard <Moment at={stale.since} />
          </>
        ) : openIncidents ? (
          counted(openIncidents, "open incident")
        ) : (
          calm
        )}
      </td>
      <td className="quiet">{changedAt ? <Moment at={changedAt} /> : "—"}</td>
    </tr>
  );
}

function byUrgency(one: ProviderSummary, other: ProviderSummary): number {
  return (
    urgency.indexOf(shownState(one)) - urgency.indexOf(shownState(other)) ||
    (shownState(one) === "operational" ? 0 : (other.changedAt ?? "").localeCompare(one.changedAt ?? "")) ||
    one.name.localeCompare(other.name)
  );
}
