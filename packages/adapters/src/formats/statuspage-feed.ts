import type { Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { monthNamed, zoneMinutes } from "../dates.ts";
import { type Entry, Feed } from "../feed.ts";
import { defined, history, identity, instant, silent } from "../payload.ts";
import { incidentStatus, maintenanceStatus } from "./statuspage-parts.ts";

const minute = 60_000;
/** Authors set times by hand, so that an update may stand a little before the one that it follows, or after its entry. */
const leeway = 2 * 24 * 60 * minute;
/** Entries beyond this are no vendor's, and would cost time. */
const longestEntry = 256 * 1024;

/** A page's history.atom or history.rss: the last resort, for it has neither components nor impacts. */
export const StatuspageFeed = Feed.transform(({ title, link, entries }): Snapshot => {
  const affairs = entries.map(affairOf).filter((affair) => affair !== undefined);
  return {
    page: defined({ name: title?.replace(/\s{1,9}(Status\s{1,9})?- Incident History$/i, ""), url: link }),
    ...silent,
    incidents: affairs.flatMap(({ incident }) => incident ?? []),
    maintenances: affairs.flatMap(({ maintenance }) => maintenance ?? []),
  };
});

interface Block {
  status: string;
  body: string;
  /** The time on the page as if its clock were UTC's, in a year that the text leaves out. */
  wallMs(year: number): number;
  zone: string;
}

function affairOf(entry: Entry): { incident?: Incident; maintenance?: Maintenance } | undefined {
  // The number in the entry's id is not the API's id; the last part of its link is.
  const id = entry.link?.split("/").at(-1) || entry.id;
  // Published with its newest update; rewritten, it is updated days later.
  const newestAt = entry.publishedAt ?? entry.at;
  const updates = newestAt === undefined ? [] : updatesOf(entry.html.slice(0, longestEntry), newestAt);
  const last = updates.at(-1);
  if (last === undefined) return undefined;

  const affair = { id, title: entry.title, impact: "unknown" as const, components: [], updates };
  const common = { ...affair, ...defined({ updatedAt: entry.at, url: entry.link }) };
  if (updates.some(({ status }) => maintenanceStatus(status) !== "unknown"))
    return { maintenance: { ...common, status: maintenanceStatus(last.status), impact: "maintenance" } };
  const status = incidentStatus(last.status);
  const resolvedAt = updates.find((update) => update.status === "resolved")?.at;
  return { incident: { ...common, status, ...defined({ startedAt: updates[0]?.at, resolvedAt }) } };
}

/** The updates of one entry, oldest first. Newest first in the text, without a year, in the page's time zone. */
function updatesOf(html: string, newestAt: string): Update[] {
  const blocks = html
    .split(/<small>/i)
    .slice(1)
    .flatMap((chunk) => blockOf(chunk) ?? []);
  const offset = offsetOf(blocks[0], newestAt);
  // A page ahead of UTC may already write of the new year.
  let year = new Date(newestAt).getUTCFullYear() + 1;
  let latest = Date.parse(newestAt);
  const timed = blocks.flatMap(({ wallMs, ...block }) => {
    while (wallMs(year) - offset > latest + leeway) year--;
    latest = wallMs(year) - offset;
    const at = instant(latest);
    return at === undefined ? [] : [{ ...block, at }];
  });
  return history(continued(timed.reverse()));
}

function blockOf(chunk: string): Block | undefined {
  const [head = "", ...rest] = chunk.split(/<\/small>/i);
  const when = head.replace(/<[^>]{0,200}>/g, "").trim();
  const [, month = "", day, hour, minutes, zone = ""] =
    /^([A-Z][a-z]{2})[a-z]*\s+(\d{1,2}),\s+(\d{1,2}):(\d{2})\s+([A-Z0-9+:-]{1,6})$/.exec(when) ?? [];
  const [, status, body] =
    /^\s*<br\s*\/?>\s*<strong>([^<]{1,50})<\/strong>\s*-?\s*([^]*)$/.exec(rest.join("")) ?? [];
  const place = monthNamed(month);
  if (place === undefined || status === undefined || body === undefined) return undefined;
  const wallMs = (year: number) => Date.UTC(year, place, Number(day), Number(hour), Number(minutes));
  const word = status.trim().toLowerCase().replaceAll(" ", "_");
  return { status: word, body: withoutParagraph(body), wallMs, zone };
}

function withoutParagraph(html: string): string {
  const end = html.toLowerCase().lastIndexOf("</p>");
  return (end < 0 ? html : html.slice(0, end)).trim();
}

// A zone whose name we don't know is measured: the newest update has the entry's own time, which is in UTC.
function offsetOf(newest: Block | undefined, newestAt: string): number {
  if (newest === undefined) return 0;
  const named = zoneMinutes(newest.zone);
  if (named !== undefined) return named * minute;
  const quarter = 15 * minute;
  const day = 96 * quarter;
  const apart =
    Math.round((newest.wallMs(new Date(newestAt).getUTCFullYear()) - Date.parse(newestAt)) / quarter) * quarter;
  return (((apart % day) + day + day / 2) % day) - day / 2;
}

// "Update" is no state: whoever writes it leaves the state as it was. Several may be of one minute.
function continued(blocks: readonly (Omit<Block, "wallMs"> & { at: string })[]): Update[] {
  const nth = new Map<string, number>();
  let state = "investigating";
  return blocks.map(({ status, body, at }) => {
    if (status !== "update") state = status;
    const said = identity(status, at);
    const count = (nth.get(said) ?? 0) + 1;
    nth.set(said, count);
    return { id: count === 1 ? said : identity(said, String(count)), status: state, body, at };
  });
}
