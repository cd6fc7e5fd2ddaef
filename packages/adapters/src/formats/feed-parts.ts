import type { Incident, Maintenance, Update } from "@statuswire/status";
import { type Entry, type Feed, grouped } from "../feed.ts";
import type { Told } from "../format.ts";
import { byTime, defined, history, identity, word } from "../payload.ts";

const incidentStatus = word({
  investigating: "investigating",
  "initial notification": "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
  postmortem: "postmortem",
  "post-mortem": "postmortem",
});
const maintenanceStatus = word({
  scheduled: "scheduled",
  "scheduled maintenance": "scheduled",
  "planned maintenance": "scheduled",
  rescheduled: "scheduled",
  postponed: "scheduled",
  "in progress": "in_progress",
  verifying: "verifying",
  completed: "completed",
  cancelled: "cancelled",
  canceled: "cancelled",
});

/** More than any entry holds; also what bounds the work on a hostile one. */
const longestText = 64 * 1024;

/** An entry with a time, be it that of the reading, and the state that it surely tells of, in its own word. */
interface Post {
  entry: Entry;
  at: string;
  word: string | undefined;
}

/** What a feed tells: the entries of one incident as one. Entries without a time get that of the reading. */
export function affairsIn(
  { entries, link }: Feed,
  told: Told,
): { incidents: Incident[]; maintenances: Maintenance[] } {
  const posts = entries.map((entry): Post => ({ entry, at: entry.at ?? told.at, word: stateIn(entry) }));
  const ofOne = grouped(posts, ({ entry }) => affairId(entry, link));
  const affairs = [...ofOne].map(([id, posts]) => affair(id, byTime(posts)));
  return {
    incidents: affairs.flatMap(({ incident }) => incident ?? []),
    maintenances: affairs.flatMap(({ maintenance }) => maintenance ?? []),
  };
}

// Some feeds give each update an entry of its own: `…/incident/ID#update`. Where only the fragment
// tells entries apart (`https://status.example/#ec2_1577`), it is part of the identity.
function affairId({ id }: Entry, page: string | undefined): string {
  const [before = "", fragment] = id.split("#", 2);
  const isPage = before === page || /^(https?:\/\/[^/]+\/?)?$/.test(before);
  return identity(fragment === undefined || isPage ? id : before);
}

function affair(id: string, posts: readonly Post[]): { incident?: Incident; maintenance?: Maintenance } {
  const newest = posts.at(-1);
  if (newest === undefined) return {};
  const said = posts.findLast(({ word }) => word !== undefined)?.word ?? "";
  const common = {
    id,
    title: titleOf(newest.entry),
    components: [],
    updates: history(posts.map(updateOf)),
    ...defined({ updatedAt: newest.at, url: newest.entry.link }),
  };
  if (posts.some(({ word = "" }) => maintenanceStatus(word) !== "unknown"))
    return { maintenance: { ...common, status: maintenanceStatus(said), impact: "maintenance" } };
  const status = incidentStatus(said);
  const resolvedAt = status === "resolved" ? newest.at : undefined;
  return { incident: { ...common, status, impact: "unknown", ...defined({ resolvedAt }) } };
}

// Without a time of its own an entry is the same update in every reading.
function updateOf({ entry, at, word }: Post): Update {
  const status = word === undefined ? "" : stateNamed(word);
  return { id: identity(entry.id, entry.at ?? ""), status, body: entry.html, at };
}

// Only what stands where a state stands: before a colon or in brackets in the title, in bold or after
// "Status:" in the text. Of several, the newest stands first.
function stateIn({ title, html }: Entry): string | undefined {
  const text = html.slice(0, longestText);
  const bold = [...text.matchAll(/<(strong|b)>([^<]{1,200})<\/\1>/gi)].map(([, , words = ""]) => words);
  const labelled = [...text.matchAll(/\bstatus:\s{0,5}([a-z]{4,20}(?: [a-z]{4,20})?)/gi)].map(
    ([, words = ""]) => words,
  );
  return [prefixOf(title), ...bold, ...labelled].map(wordOf).find(known);
}

function prefixOf(title: string): string {
  return /^\s*\[?([a-z][a-z -]{2,30})(?:\]|:\s)/i.exec(title)?.[1] ?? "";
}

function wordOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\s*status:\s*/, "")
    .split(/[:.]| - /, 1)
    .join("")
    .trim();
}

function known(word: string): boolean {
  return incidentStatus(word) !== "unknown" || maintenanceStatus(word) !== "unknown";
}

function stateNamed(word: string): string {
  const status = incidentStatus(word);
  return status === "unknown" ? maintenanceStatus(word) : status;
}

function titleOf({ title }: Entry): string {
  const prefix = prefixOf(title);
  return known(wordOf(prefix)) ? title.replace(/^[^\]:]{1,40}[\]:]\s*/, "") : title;
}
