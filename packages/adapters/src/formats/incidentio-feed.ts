import type { AffectedComponent, Incident, Maintenance, Snapshot } from "@statuswire/status";
import { type Entry, Feed } from "../feed.ts";
import { defined, identity, raw, silent, word } from "../payload.ts";
import { incidentStatus, maintenanceStatus } from "./incidentio-parts.ts";

/** Entries beyond this are no vendor's, and would cost time. */
const longestEntry = 256 * 1024;

const stateInBrackets = word({
  operational: "operational",
  "degraded performance": "degraded_performance",
  "partial outage": "partial_outage",
  "full outage": "major_outage",
  "major outage": "major_outage",
  "under maintenance": "under_maintenance",
  maintenance: "under_maintenance",
});

/** `/feed.atom` or `/feed.rss`: the newest incidents, each with its last words. */
export const IncidentioFeed = Feed.transform(({ title, link, entries }): Snapshot => ({
  page: defined({ name: title?.replace(/ status$/i, ""), url: link }),
  ...silent,
  incidents: entries.flatMap((entry) => incidentOf(entry) ?? []),
  maintenances: entries.flatMap((entry) => maintenanceOf(entry) ?? []),
}));

function incidentOf(entry: Entry): Incident | undefined {
  const theirs = statusIn(entry.html);
  if (theirs === undefined || maintenanceWord(theirs) !== "unknown") return undefined;
  const status = incidentStatus(theirs);
  const resolvedAt = status === "resolved" ? entry.at : undefined;
  return {
    ...affair(entry, theirs),
    impact: "unknown",
    status,
    ...raw(status, theirs),
    ...defined({ resolvedAt }),
  };
}

function maintenanceOf(entry: Entry): Maintenance | undefined {
  const theirs = statusIn(entry.html);
  const status = maintenanceWord(theirs ?? "");
  if (theirs === undefined || status === "unknown") return undefined;
  return { ...affair(entry, status), impact: "maintenance", status };
}

function maintenanceWord(theirs: string) {
  return maintenanceStatus(theirs.startsWith("maintenance_") ? theirs : `maintenance_${theirs}`);
}

function statusIn(html: string): string | undefined {
  return /<b>\s{0,20}Status:([^<]{1,90})<\/b>/i.exec(html)?.[1]?.trim().toLowerCase().replaceAll(" ", "_");
}

function affair({ id, title, at, link, html }: Entry, status: string) {
  const [said = "", affected = ""] = html.slice(0, longestEntry).split(/<b>\s*Affected components\s*<\/b>/i);
  const body = said
    .replace(/^[^]*?<\/b>/i, "")
    .replace(/^(?:\s*<br\s*\/?>)+/i, "")
    .replace(/(?:<br\s*\/?>\s*){1,10}$/i, "")
    .trim();
  return {
    id: id.split("/").at(-1) || id,
    title: title.trim(),
    components: componentsIn(affected),
    updates: at === undefined ? [] : [{ id: identity(status, at), status, body, at }],
    ...defined({ updatedAt: at, url: link?.replace(/([^:])\/\/+/g, "$1/") }),
  };
}

// The state in brackets is the component's now, not the one it had in the incident.
function componentsIn(html: string): AffectedComponent[] {
  return [...html.matchAll(/<li>([^<]{1,300})<\/li>/gi)].map(([, item = ""]) => {
    const [, name, state] = /^(.*) \(([^()]{1,40})\)\s*$/s.exec(item.trim()) ?? [];
    return defined({
      name: name ?? item.trim(),
      status: state && stateInBrackets(state.toLowerCase()),
    }) as AffectedComponent;
  });
}
