import {
  type ComponentStatus,
  componentPush,
  incidentPush,
  type IncidentStatus,
  openIncident,
  type Page,
  resolveIncident,
  updateIncident,
} from "@statuswire/simulator";
import type { Random } from "../rig/random.ts";
import { doesPush, type Provider } from "./providers.ts";

/** One publication: the page afterwards, and what the vendor posts about it. */
export interface Step {
  page: Page;
  pushes: object[];
}

const mostOpen = 3;
const statuses: readonly IncidentStatus[] = ["investigating", "identified", "monitoring"];
const troubles: readonly ComponentStatus[] = [
  "degraded_performance",
  "partial_outage",
  "major_outage",
  "operational",
];

interface Moment {
  random: Random;
  at: Date;
  /** Whether an incident may be over now. */
  mayEnd(id: string): boolean;
}

/** The next thing that happens to a provider: an incident opens, goes on, or ends. No two updates of one incident read alike. */
export function nextStep(page: Page, provider: Provider, { random, at, mayEnd }: Moment): Step {
  const open = page.incidents.filter(({ resolvedAt }) => resolvedAt === undefined);
  const affair = open.length && (open.length >= mostOpen || random.chance(0.75)) ? random.pick(open) : undefined;
  const affects = random.chance(0.4) ? { [random.pick(page.components).name]: random.pick(troubles) } : {};
  if (!affair) {
    const title = `Incident ${page.revision} of ${page.id}`;
    const post = { status: "investigating", body: `${title}: update 1`, affects, at } as const;
    return told(openIncident(page, { title, impact: "minor", ...post }), { provider, at });
  }
  const body = `${affair.title}: update ${affair.updates.length + 1}`;
  const isLast = affair.updates.length > 1 && random.chance(0.35) && mayEnd(affair.id);
  const next = isLast
    ? resolveIncident(page, affair.id, { body, at })
    : updateIncident(page, affair.id, { status: random.pick(statuses), body, affects, at });
  return told(next, { provider, at, id: affair.id });
}

interface Telling {
  provider: Provider;
  at: Date;
  /** The incident; the page's newest when absent. */
  id?: string;
}

function told(page: Page, { provider, at, id = page.incidents.at(-1)?.id ?? "" }: Telling): Step {
  if (!doesPush(provider)) return { page, pushes: [] };
  const incident = page.incidents.find((candidate) => candidate.id === id);
  const effects = incident?.updates.at(-1)?.effects.filter(({ from, to }) => from !== to) ?? [];
  const how = { origin: "https://status.example.com", at };
  const push = provider.hearing === "both" ? incidentPush(page, id, how) : newestOnly(incidentPush(page, id, how));
  return { page, pushes: [push, ...effects.map((effect) => componentPush(page, effect, how))] };
}

// Where no poll heals a lost webhook, none repeats what another has said either: each is missed by itself.
function newestOnly(push: object): object {
  const { incident, ...envelope } = push as { incident: { incident_updates: object[] } }; // What `incidentPush` makes.
  return { ...envelope, incident: { ...incident, incident_updates: incident.incident_updates.slice(0, 1) } };
}
