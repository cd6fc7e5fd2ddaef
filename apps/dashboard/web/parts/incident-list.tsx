import { Link, places } from "../routing.tsx";
import type { IncidentView } from "../views.ts";
import { duration, spoken } from "../words.ts";
import { Clock } from "./moment.tsx";
import { StateIcon } from "./state-mark.tsx";

/** Incidents, each on a line. */
export function IncidentList({ incidents }: { incidents: readonly IncidentView[] }) {
  return (
    <ul className="lines">
      {incidents.map(({ id, title, state, status, startedAt, resolvedAt, updatedAt, inferred }) => (
        <li key={id}>
          <StateIcon state={state} />
          <span className="grow">
            <Link href={places.incident(id)}>{title}</Link>
          </span>
          <span className="quiet">
            {inferred ? "No longer listed" : spoken(status)}
            {startedAt && resolvedAt
              ? ` after ${duration(Date.parse(resolvedAt) - Date.parse(startedAt))}`
              : null}{" "}
            · <Clock at={startedAt ?? updatedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
