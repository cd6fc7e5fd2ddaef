import {
  createPage,
  openIncident,
  type Page,
  pushesOf,
  resolveIncident,
  updateIncident,
} from "@statuswire/simulator";

/** A webhook as its sender posts it. */
export interface Webhook {
  provider: string;
  body: string;
}

const origin = "https://status.example.com";
const minute = 60_000;
const names = Array.from({ length: 55 }, (_, index) => `Service ${index + 1}`);

/** A Statuspage page with 55 components: about 20 KB of summary. */
export function pageOf(id: string, at: Date): Page {
  return createPage({ id, vendor: "statuspage", name: `Page ${id}`, components: names, at });
}

/**
 * Webhooks of Statuspage, about 2 KB each, as incidents unfold on some pages: opened, two updates, resolved, and the moves of
 * two components at both ends. Pages take turns, and no two webhooks are alike.
 */
export function webhooksOf(count: number, pages: number): Webhook[] {
  const start = new Date(Date.now() - 24 * 60 * minute);
  const stories = Array.from({ length: pages }, (_, index) => story(pageOf(`p${index}`, start), start));
  const webhooks: Webhook[] = [];
  while (webhooks.length < count) {
    for (const each of stories) webhooks.push(...each.next());
  }
  return webhooks.slice(0, count);
}

interface Story {
  next(): Webhook[];
}

/** One page's incidents, one after another, a minute between their updates. */
function story(quiet: Page, start: Date): Story {
  let page = quiet;
  let at = start;
  let beat = 0;
  return {
    next() {
      at = new Date(at.getTime() + minute / 4);
      const incident = page.incidents.at(-1)?.id ?? "";
      page = steps[beat++ % steps.length]?.(page, incident, at) ?? page;
      const affair = page.incidents.at(-1)?.id ?? "";
      const bodies = pushesOf(page, affair, { origin, at }).map((push) => JSON.stringify(push));
      // What has been resolved is told once; a page that keeps all of it would only slow the making.
      if (beat % steps.length === 0) page = { ...page, incidents: [] };
      return bodies.map((body) => ({ provider: page.id, body }));
    },
  };
}

const body = "We are investigating elevated error rates, and will share what we find as soon as there is news.";

const steps: readonly ((page: Page, incident: string, at: Date) => Page)[] = [
  (page, _incident, at) =>
    openIncident(page, {
      title: "Elevated error rates",
      impact: "major",
      status: "investigating",
      body,
      at,
      affects: { "Service 1": "partial_outage", "Service 2": "degraded_performance" },
    }),
  (page, incident, at) => updateIncident(page, incident, { status: "identified", body, at }),
  (page, incident, at) => updateIncident(page, incident, { status: "monitoring", body, at }),
  (page, incident, at) => resolveIncident(page, incident, { body, at }),
];
