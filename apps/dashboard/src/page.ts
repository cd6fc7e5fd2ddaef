import { inWords } from "@statuswire/status";
import type { Scope } from "./access/credentials.ts";
import { type Assets, linksTo } from "./assets.ts";
import { htmlDocument } from "./document.ts";
import { escaped, link } from "./feeds/xml.ts";
import type { EventView } from "./views/event.ts";
import { headline, networkNotice, shownState } from "./views/headline.ts";
import type { ProviderSummary } from "./views/provider.ts";
import type { SinkView } from "./views/sink.ts";

/** What the script begins with, so that it need not ask before the first paint. */
export interface First {
  /** The API's answers by URL. */
  answers: Record<string, unknown>;
  /** The newest events, oldest first. */
  events: EventView[];
  /** The place in the log after which the stream is to go on. */
  head: string;
  /** What the visitor may do, and whether they can log out. */
  visitor: { scope: Scope; hasSession: boolean };
}

interface Content {
  providers: readonly ProviderSummary[];
  /** Those at which events do not arrive. */
  failingSinks: readonly Pick<SinkView, "name" | "reason">[];
  /** Since when our own network is down, if it is. */
  lostAt: string | undefined;
  first: First;
  assets: Assets | undefined;
}

const marks = {
  operational: "✓",
  degraded_performance: "▲",
  partial_outage: "◐",
  major_outage: "✕",
  under_maintenance: "⚒",
  unknown: "?",
} as const;

/** The HTML: every provider with its state and the newest events, readable without a script, taken over by one. */
export function page({ providers, failingSinks, lostAt, first, assets }: Content): string {
  const sentence = headline(providers);
  return htmlDocument({
    title: `${sentence} · Statuswire`,
    head: [
      '<link rel="alternate" type="application/atom+xml" title="Events" href="/api/v1/events.atom">',
      assets ? linksTo(assets) : "",
      '<noscript><meta http-equiv="refresh" content="30"></noscript>',
    ],
    body: `<div id="root">
<header class="top"><span class="brand"><img src="/favicon.svg" alt="" width="22" height="22">Statuswire</span></header>
${failingSinks.map(notice).join("\n")}
${lostAt === undefined ? "" : `<p class="notice">${escaped(networkNotice(lostAt))}</p>`}
<main class="now"><div>
<h1>${escaped(sentence)}</h1>
<section><h2>Services</h2>
<table class="services">
<thead><tr><th scope="col">State</th><th scope="col">Service</th><th scope="col">Now</th></tr></thead>
<tbody>${providers.map(row).join("\n")}</tbody>
</table></section></div>
<section class="feed"><h2>Last events</h2>
${eventList(first.events)}
<noscript><p class="quiet">With JavaScript this page is live. Also: <a href="/api/v1/events">events as JSON</a>, <a href="/queues">queues</a>.</p></noscript></section>
</main>
</div>
<script id="first" type="application/json">${data(first)}</script>`,
  });
}

function notice({ name, reason = "" }: Pick<SinkView, "name" | "reason">): string {
  return `<p class="notice failing-sinks"><strong>Alerts do not arrive</strong> at ${escaped(name)}. ${escaped(reason)}</p>`;
}

function row(provider: ProviderSummary): string {
  const { name, page: url, stale, neverRead, openIncidents } = provider;
  const state = shownState(provider);
  const href = link(url);
  const service = href === undefined ? escaped(name) : `<a href="${escaped(href)}">${escaped(name)}</a>`;
  const now = neverRead
    ? `Never read: ${neverRead.reason}`
    : stale
      ? `Not reporting: ${stale.reason}.${stale.lastReadAt === undefined ? "" : ` Last read ${inUtc(stale.lastReadAt)}`}`
      : openIncidents
        ? `${openIncidents} open ${openIncidents === 1 ? "incident" : "incidents"}`
        : "";
  const word = state === "unknown" ? "No data" : inWords(state);
  return `<tr><td><span class="state-mark" data-state="${state}">${marks[state]} ${word}</span></td><th scope="row">${service}</th><td class="quiet">${escaped(now)}</td></tr>`;
}

function eventList(events: readonly EventView[]): string {
  if (!events.length) return "<p>Nothing has been recorded yet.</p>";
  const lines = events.toReversed().map((event) => `<li><pre>${escaped(inUtcLines(event))}</pre></li>`);
  return `<ol class="event-lines">${lines.join("\n")}</ol>`;
}

// Without a script nobody knows the reader's time zone.
function inUtcLines({ line, timestamp }: EventView): string {
  return line.replace(/^\[[^\]]*\]/, `[${inUtc(timestamp)}]`);
}

function inUtc(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}

// In a script element only `<` can end or change what is read: `</script>`, `<!--`.
function data(first: First): string {
  return JSON.stringify(first).replaceAll("<", "\\u003c");
}
