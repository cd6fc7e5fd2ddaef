import { type Event, inWords, line } from "@statuswire/status";
import { headline, shownState } from "./views/headline.ts";
import type { ProviderSummary } from "./views/provider.ts";

const marks = {
  operational: "✓",
  degraded_performance: "▲",
  partial_outage: "◐",
  major_outage: "✕",
  under_maintenance: "⚒",
  unknown: "?",
} as const;

/** The whole page: every provider with its state, and the newest events. Plain HTML; works without a script. */
export function page(rows: readonly ProviderSummary[], events: readonly Event[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="15">
<title>Statuswire</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${text(headline(rows))}</h1>
<table>
<thead><tr><th scope="col">State</th><th scope="col">Service</th><th scope="col">Now</th></tr></thead>
<tbody>${rows.map(rowHtml).join("\n")}</tbody>
</table>
<h2>Last events</h2>
${events.length ? `<ol>${events.map((event) => `<li><pre>${text(line(event))}</pre></li>`).join("\n")}</ol>` : "<p>Nothing has been recorded yet.</p>"}
<p><a href="/queues">Queues</a> · <a href="/api/v1/providers">Providers as JSON</a> · <a href="/api/v1/events">Events as JSON</a></p>
</main>
</body>
</html>
`;
}

function rowHtml(provider: ProviderSummary): string {
  const { name, page: url, stale, openIncidents } = provider;
  const state = shownState(provider);
  const service = url && /^https?:/.test(url) ? `<a href="${text(url)}">${text(name)}</a>` : text(name);
  const now = stale
    ? `Not reporting since ${stale.since}: ${stale.reason}`
    : openIncidents
      ? `${openIncidents} open`
      : "";
  return `<tr class="${state}"><td>${marks[state]} ${state === "unknown" ? "No data" : inWords(state)}</td><td>${service}</td><td>${text(now)}</td></tr>`;
}

// What vendors wrote is text, never markup.
function text(raw: string): string {
  return raw.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --text: #1f2328; --page: #fff; --line: #d0d7de; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --page: #0b0f14; --line: #30363d; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page); margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
ol { list-style: none; padding: 0; }
pre { margin: 0 0 .75rem; white-space: pre-wrap; font: 14px/1.5 ui-monospace, monospace; }
a { color: inherit; }
.major_outage td:first-child, .partial_outage td:first-child, .degraded_performance td:first-child { font-weight: 700; }
`;
