import { useNow } from "../board.tsx";
import { Link, places, VendorLink } from "../routing.tsx";
import type { IncidentView } from "../views.ts";
import { counted, duration, spoken, stateWords } from "../words.ts";
import { Moment } from "./moment.tsx";
import { StateMark } from "./state-mark.tsx";

const namesShown = 3;

/** An incident at a glance: whose, what, how bad, since when, the newest words. */
export function IncidentCard({ incident }: { incident: IncidentView }) {
  const { id, provider, providerName, title, status, state, startedAt, updates, url, updatedAt } = incident;
  const now = useNow();
  const latest = updates.at(-1);
  return (
    <article className="card" data-state={state} aria-label={`${providerName}: ${title}`}>
      <p className="card-top">
        <StateMark state={state} word={wordOf(incident)} />
        <span className="phase">{spoken(status)}</span>
        <span className="quiet">
          {startedAt ? `for ${duration(Math.max(0, now - Date.parse(startedAt)))}` : null}
        </span>
      </p>
      <h3>
        <Link href={places.provider(provider)} className="plain">
          {providerName}
        </Link>
        {" — "}
        <Link href={places.incident(id)}>{title}</Link>
      </h3>
      {latest?.text ? <p className="clamped">{latest.text}</p> : null}
      <p className="quiet">
        <Affected names={incident.components.map(({ name }) => name)} />
        Updated <Moment at={updatedAt} /> <VendorLink href={url}>Vendor page</VendorLink>
      </p>
    </article>
  );
}

function wordOf({ state, impact }: IncidentView): string {
  // Its page calls it harmless, and none of its components is in trouble.
  return impact === "none" && state === "degraded_performance" ? "Incident" : stateWords[state];
}

function Affected({ names }: { names: readonly string[] }) {
  if (!names.length) return null;
  const further = names.length - namesShown;
  return (
    <>
      {names.slice(0, namesShown).join(", ")}
      {further > 0 ? ` and ${counted(further, "other")}` : null}
      {" · "}
    </>
  );
}
