import { Link, places } from "../routing.tsx";
import type { MaintenanceView } from "../views.ts";
import { spoken } from "../words.ts";
import { Clock, Moment } from "./moment.tsx";
import { StateIcon } from "./state-mark.tsx";

/** Maintenances, each on a line. */
export function MaintenanceList({ maintenances }: { maintenances: readonly MaintenanceView[] }) {
  return (
    <ul className="lines">
      {maintenances.map(({ id, providerName, title, status, scheduledFor, scheduledUntil }) => (
        <li key={id}>
          <StateIcon state="under_maintenance" />
          <span className="grow">
            <span className="strong">{providerName}</span> — <Link href={places.maintenance(id)}>{title}</Link>
          </span>
          <span className="quiet">
            {status === "scheduled" ? null : spoken(status)}
            {status !== "scheduled" && scheduledFor ? " · " : null}
            {scheduledFor ? <Moment at={scheduledFor} /> : null}
            {scheduledUntil ? (
              <>
                {" "}
                until <Clock at={scheduledUntil} />
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
