import type { Provider } from "@statuswire/config";
import {
  Component,
  type ComponentStatus,
  Incident,
  isOver,
  type Known,
  Maintenance,
  type NetworkState,
  type PollState,
  stalenessOf,
  stateOf,
  unreadReason,
} from "@statuswire/status";
import { z } from "zod";

/** How a provider stands, and whether that can be relied on. */
export interface Standing {
  id: string;
  name: string;
  /** Its last known state; what to make of it when it is not fresh is for the reader to say. */
  state: ComponentStatus;
  /** Why the state can't be relied on, and since when; absent when it can. */
  stale?: { reason: string; since?: string };
  /** Why its page has not been read yet; absent once it has. */
  neverRead?: { reason: string };
  /** When its page was last asked, whether it could be read or not. */
  checkedAt?: string;
  /** How many components are known; which of them are not operational, or all of them if asked for. */
  componentCount: number;
  components: Component[];
  /** The open ones. */
  incidents: Incident[];
  /** Those that are going on. */
  maintenances: Maintenance[];
}

/** What is needed of a provider to judge it; those that nobody configured any more have only an id. */
export type Watched = Pick<Provider, "id" | "name" | "everySeconds">;

interface Evidence {
  known: Known;
  reading: PollState;
  network: NetworkState;
  now: Date;
  /** Whether operational components are listed as well. */
  all?: boolean;
}

/** How a provider stands, by all that is known of it. Pure. */
export function standingOf(watched: Watched, evidence: Evidence): Standing {
  const { known, reading, all = false } = evidence;
  const stale = staleness(watched, evidence);
  const unread = unreadReason(known, reading);
  const [components, incidents, maintenances] = [
    [...known.components.values()],
    [...known.incidents.values()],
    [...known.maintenances.values()],
  ];
  const checkedAt = reading.polledAt ?? known.page.readAt;
  return {
    id: watched.id,
    name: known.page.name ?? watched.name,
    state: stateOf(known),
    ...(stale && { stale }),
    ...(unread !== undefined && { neverRead: { reason: unread } }),
    ...(checkedAt !== undefined && { checkedAt }),
    componentCount: known.components.size,
    // As they were told: what is only remembered about them is nobody else's concern.
    components: z.array(Component).parse(components.filter(({ status }) => all || status !== "operational")),
    incidents: z.array(Incident).parse(incidents.filter((incident) => !isOver(incident))),
    maintenances: z.array(Maintenance).parse(maintenances.filter(isUnderWay)),
  };
}

function isUnderWay({ status }: Maintenance): boolean {
  return status === "in_progress" || status === "verifying";
}

function staleness({ everySeconds }: Watched, { now, ...evidence }: Evidence): Standing["stale"] {
  const { known, reading } = evidence;
  const stale = stalenessOf({ ...evidence, everySeconds, now: now.getTime() });
  if (stale) return { reason: stale.reason, since: stale.since };
  const isUnread = reading.polledAt === undefined && !known.page.baseline;
  return isUnread ? { reason: unreadReason(known) ?? "it has never been polled" } : undefined;
}

/** As monitoring plugins count: 0 well, 1 degraded or in maintenance, 2 an outage, 3 not known. */
export type Verdict = 0 | 1 | 2 | 3;

const verdicts: Readonly<Record<ComponentStatus, Verdict>> = {
  operational: 0,
  degraded_performance: 1,
  under_maintenance: 1,
  partial_outage: 2,
  major_outage: 2,
  unknown: 3,
};

// What we don't know ranks above calm and below any trouble that is known.
const worstFirst: readonly Verdict[] = [2, 1, 3, 0];

/** The exit code of one provider's standing: a state that can't be relied on is none. */
export function verdictOn({ state, stale }: Standing): Verdict {
  return stale ? 3 : verdicts[state];
}

/** The exit code of several: the worst. Of none at all nothing is known. */
export function verdictOnAll(standings: readonly Standing[]): Verdict {
  const all = new Set(standings.map(verdictOn));
  return worstFirst.find((verdict) => all.has(verdict)) ?? 3;
}
