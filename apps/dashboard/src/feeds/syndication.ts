import { type Event, oneLine } from "@statuswire/status";
import { escaped, link } from "./xml.ts";

const title = "Statuswire";
const subtitle = "Incidents, outages and degradations of the services that are watched.";

/** Events, newest first, as an Atom feed (RFC 4287). Everything in it is plain text. */
export function atom(events: readonly Event[]): string {
  const updated = events[0]?.observedAt ?? new Date(0).toISOString();
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>urn:statuswire:events</id>
<title>${title}</title>
<subtitle>${subtitle}</subtitle>
<author><name>${title}</name></author>
<updated>${updated}</updated>
${events.map(entry).join("")}</feed>
`;
}

function entry({ id, product, status, type, provider, timestamp, observedAt, url }: Event): string {
  const href = link(url);
  return `<entry>
<id>urn:statuswire:event:${escaped(id)}</id>
<title>${headlineOf(product, status)}</title>
<published>${timestamp}</published>
<updated>${observedAt}</updated>
<category term="${type}"/>
<category term="${escaped(provider)}"/>
${href === undefined ? "" : `<link href="${escaped(href)}"/>\n`}<content type="text">${escaped(status)}</content>
</entry>
`;
}

/** Events, newest first, as an RSS feed (2.0). Everything in it is plain text. */
export function rss(events: readonly Event[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0">
<channel>
<title>${title}</title>
<link>/</link>
<description>${subtitle}</description>
${events.map(item).join("")}</channel>
</rss>
`;
}

// RSS readers take a description for HTML, so text is escaped once for HTML and once for XML.
function item({ id, product, status, type, timestamp, url }: Event): string {
  const href = link(url);
  return `<item>
<guid isPermaLink="false">${escaped(id)}</guid>
<title>${headlineOf(product, status)}</title>
<pubDate>${new Date(timestamp).toUTCString()}</pubDate>
<category>${type}</category>
${href === undefined ? "" : `<link>${escaped(href)}</link>\n`}<description>${escaped(escaped(status))}</description>
</item>
`;
}

function headlineOf(product: string, status: string): string {
  return escaped(oneLine(`${product}: ${status}`).slice(0, 200));
}
