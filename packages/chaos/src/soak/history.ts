import type { Incident, Page } from "@statuswire/simulator";
import type { Event } from "@statuswire/status";
import { grouped } from "../rig/grouped.ts";
import type { Evidence, Findings } from "./evidence.ts";

/** What became of the published updates. */
export interface History {
  /** Published updates that no event tells. */
  lost: Findings;
  /** Events that should not be there: an id twice, an update twice, an incident opened twice, or news that nobody published. */
  doubled: Findings;
}

/**
 * Compares the log with what was published. The first sight of an incident is one event for all its updates until then, two
 * when it is already over (docs/decisions/005); from then on each update is one event. An end that we concluded is one more.
 */
export function historyOf({ pages, events }: Pick<Evidence, "pages" | "events">): History {
  const history: History = { lost: [], doubled: repeatedIds(events) };
  const told = grouped(events, ({ provider, incident }) => incidentKey(provider, incident?.id));
  for (const [provider, page] of pages) {
    for (const incident of page.incidents) {
      const its = told.get(incidentKey(provider, incident.id)) ?? [];
      add(history, historyOfOne(incident, its));
    }
    add(history, { lost: [], doubled: unpublished(provider, page, events) });
  }
  return history;
}

function historyOfOne(incident: Incident, events: readonly Event[]): History {
  const [opened, ...reopened] = events.filter(({ type }) => type === "incident.opened");
  if (!opened) return { lost: incident.updates.map(({ body }) => `${body}: never told`), doubled: [] };
  const atFirst = new Set(opened.incident?.updates.map(({ id }) => id));
  const history: History = { lost: [], doubled: reopened.map(() => `${incident.title}: opened twice`) };
  const later = events.filter(({ type, inferred }) => type !== "incident.opened" && !inferred);
  for (const { id, body } of incident.updates) {
    const times = later.filter(({ status }) => status === body).length;
    const isInFirst = atFirst.has(id);
    const expected = isInFirst ? 0 : 1;
    if (times < expected) history.lost.push(`${body}: not told`);
    if (times > expected) history.doubled.push(`${body}: told ${times + Number(isInFirst)} times`);
  }
  const bodies = new Set(incident.updates.map(({ body }) => body));
  history.doubled.push(
    ...later.filter(({ status }) => !bodies.has(status)).map(({ status }) => `${incident.title}: "${status}"`),
    ...events
      .filter(({ inferred }) => inferred)
      .slice(1)
      .map(() => `${incident.title}: concluded twice`),
  );
  return history;
}

// Incidents that the page never had.
function unpublished(provider: string, page: Page, events: readonly Event[]): Findings {
  const published = new Set(page.incidents.map(({ id }) => id));
  return events
    .filter((event) => event.provider === provider && event.incident && !published.has(event.incident.id))
    .map(({ incident }) => `${provider}: told of an incident "${incident?.title ?? ""}" that nobody published`);
}

function repeatedIds(events: readonly Event[]): Findings {
  const byId = grouped(events, ({ id }) => id);
  return [...byId].flatMap(([id, same]) => (same.length > 1 ? `${id} is in the log ${same.length} times` : []));
}

function incidentKey(provider: string, id = ""): string {
  return `${provider} ${id}`;
}

function add(history: History, { lost, doubled }: History): void {
  history.lost.push(...lost);
  history.doubled.push(...doubled);
}
