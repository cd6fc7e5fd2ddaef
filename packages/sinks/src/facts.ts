import { type Event, inWords } from "@statuswire/status";
import type { Condition } from "./condition.ts";
import { clock, duration, inBrackets, span } from "./times.ts";

/** Since when it has been so, as far as the event tells: ISO 8601. */
export function sinceOf({ incident, maintenance, component, type, timestamp }: Event): string | undefined {
  if (incident)
    return incident.startedAt ?? incident.firstUpdateAt ?? incident.updates[0]?.at ?? opening(type, timestamp);
  if (maintenance) return maintenance.scheduledFor;
  if (component) return component.from === "operational" ? timestamp : undefined;
  return opening(type, timestamp);
}

/** Since when and for how long, the phase, and how long after the vendor we saw it. */
export function factsOf(event: Event, condition: Condition, since: string | undefined): string[] {
  return [period(event, condition, since), phase(event, condition), lag(event)].filter(
    (fact) => fact !== undefined,
  );
}

function opening(type: Event["type"], timestamp: string): string | undefined {
  return type === "incident.opened" || type === "source.stale" || type === "network.lost" ? timestamp : undefined;
}

function period(event: Event, { isOver }: Condition, since: string | undefined): string | undefined {
  const { observedAt, timestamp, incident, maintenance } = event;
  if (since === undefined) return undefined;
  if (maintenance && !isOver) return planned(since, maintenance.scheduledUntil, observedAt);
  if (!isOver) return `since ${clock(since, observedAt)}${inBrackets(since, observedAt)}`;
  const end = incident?.resolvedAt ?? timestamp;
  return end > since ? `${span(since, end, observedAt)}${inBrackets(since, end)}` : undefined;
}

function planned(from: string, until: string | undefined, seenFrom: string): string {
  if (until === undefined || until <= from) return `planned for ${clock(from, seenFrom)}`;
  return `planned for ${span(from, until, seenFrom)}${inBrackets(from, until)}`;
}

// The headline of a maintenance, and of what is over, is its phase.
function phase({ incident }: Event, { isOver }: Condition): string | undefined {
  if (!incident || isOver) return undefined;
  const { status, rawStatus } = incident;
  return status === "unknown" ? inWords(rawStatus ?? "") || undefined : inWords(status);
}

function lag({ timestamp, observedAt, inferred, type }: Event): string | undefined {
  if (/^(source|sink|network)\./.test(type) || type === "digest") return undefined;
  if (inferred) return "concluded by us, not said by the vendor";
  const ms = Date.parse(observedAt) - Date.parse(timestamp);
  return ms >= 0 ? `seen ${duration(ms)} after the vendor posted` : undefined;
}
