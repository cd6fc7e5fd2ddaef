import { dashboardPath, type Event, oneLine } from "@statuswire/status";
import type { Place } from "../operation.ts";
import { escaped, link } from "./xml.ts";

const name = "Statuswire";
const subtitle = "Incidents, outages and degradations of the services that are watched.";

/** Events, newest first, as an Atom feed (RFC 4287). Everything in it is plain text. */
export function atom(events: readonly Event[], place: Place): string {
  const updated = events[0]?.observedAt ?? new Date(0).toISOString();
  const self = escaped(selfUrl("events.atom", place));
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${self}</id>
<title>${titleOf(place)}</title>
<subtitle>${subtitle}</subtitle>
<link rel="self" type="application/atom+xml" href="${self}"/>
<link rel="alternate" type="text/html" href="${escaped(place.origin)}/events"/>
<author><name>${name}</name></author>
<updated>${updated}</updated>
${events.map((event) => entry(event, place)).join("")}</feed>
`;
}

function entry(event: Event, place: Place): string {
  const { id, product, status, type, provider, timestamp, observedAt } = event;
  return `<entry>
<id>urn:statuswire:event:${escaped(id)}</id>
<title>${headlineOf(product, status)}</title>
<published>${timestamp}</published>
<updated>${observedAt}</updated>
<category term="${type}"/>
<category term="${escaped(provider)}"/>
<link href="${escaped(linkOf(event, place))}"/>
<content type="text">${escaped(status)}</content>
</entry>
`;
}

/** Events, newest first, as an RSS feed (2.0). Everything in it is plain text. */
export function rss(events: readonly Event[], place: Place): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${titleOf(place)}</title>
<link>${escaped(place.origin)}/events</link>
<description>${subtitle}</description>
<atom:link rel="self" type="application/rss+xml" href="${escaped(selfUrl("events.rss", place))}"/>
${events.map((event) => item(event, place)).join("")}</channel>
</rss>
`;
}

// RSS readers take a description for HTML, so text is escaped once for HTML and once for XML.
function item(event: Event, place: Place): string {
  const { id, product, status, type, timestamp } = event;
  return `<item>
<guid isPermaLink="false">${escaped(id)}</guid>
<title>${headlineOf(product, status)}</title>
<pubDate>${new Date(timestamp).toUTCString()}</pubDate>
<category>${type}</category>
<link>${escaped(linkOf(event, place))}</link>
<description>${escaped(escaped(status))}</description>
</item>
`;
}

function headlineOf(product: string, status: string): string {
  return escaped(oneLine(`${product}: ${status}`).slice(0, 200));
}

/** The vendor's page about an event, else our own. */
function linkOf(event: Event, { origin }: Place): string {
  return link(event.url) ?? `${origin}${dashboardPath(event)}`;
}

/** The feed's own URL, which is also its id: the same for the same filters, in whatever order they were asked for. */
function selfUrl(file: string, place: Place): string {
  const query = new URLSearchParams(filtersOf(place)).toString();
  return `${place.origin}/api/v1/${file}${query ? `?${query}` : ""}`;
}

/** What sets this feed apart from others of ours. */
function titleOf(place: Place): string {
  const filters = filtersOf(place).map(([filter, value]) =>
    filter === "provider" ? value : `${filter} ${value}`,
  );
  return escaped(oneLine([name, ...filters].join(" · ")));
}

function filtersOf({ query }: Place): [string, string][] {
  return Object.entries(query)
    .map(([filter, value]): [string, string] => [filter, String(value)])
    .sort(([one], [other]) => one.localeCompare(other));
}
