import type { Incident, IncidentStatus, Snapshot } from "@statuswire/status";
import { type Entry, Feed, grouped } from "../feed.ts";
import { byTime, defined, history, identity, numbered, silent } from "../payload.ts";
import { worstImpact } from "./aws-parts.ts";

/** What titles begin with, in the codes of AWS's other documents. */
const codes: readonly (readonly [prefix: RegExp, code: string])[] = [
  [/^informational message:\s*/i, "1"],
  [/^service impact:\s*/i, "1"],
  [/^(performance issues|service degradation):\s*/i, "2"],
  [/^service disruption:\s*/i, "3"],
];
const over = /^service is operating normally:?\s*|^\[resolved\]\s*|^resolved:\s*/i;
const watched = /^\[monitoring\]\s*/i;

/** An item: one update, which its title says the state of. */
interface Post {
  at: string;
  title: string;
  status: IncidentStatus;
  code: string | undefined;
  service: string | undefined;
  html: string;
  guid: string;
}

function postOf({ id: guid, title, at, html }: Entry): Post[] {
  if (at === undefined) return [];
  const status = over.test(title) ? "resolved" : watched.test(title) ? "monitoring" : "investigating";
  const stateless = title.replace(over, "").replace(over, "").replace(watched, "");
  const [prefix = "", code] = codes.find(([prefix]) => prefix.test(stateless)) ?? [];
  // https://status.aws.amazon.com/#ec2-us-east-1_1628298493: the number is the item's own time.
  const service = /#([\w-]+)_\d+$/.exec(guid)?.[1];
  return [{ at, title: stateless.replace(prefix, "").trim(), status, code, service, html, guid }];
}

// No event has an id of its own unless the guid is its ARN; else the service and what is wrong with it are all there is.
function eventId({ guid, service, title }: Post): string {
  return service === undefined ? identity(guid) : identity(service, title);
}

function incident(id: string, posts: readonly Post[]): Incident | undefined {
  const newest = posts.at(-1);
  if (newest === undefined) return undefined;
  const { service, at, title, status } = newest;
  return {
    id,
    title,
    status,
    impact: worstImpact(posts.flatMap(({ code }) => code ?? [])),
    components: service === undefined ? [] : [{ id: service, name: service }],
    updates: history(numbered(posts.map(({ at, status, html }) => ({ at, status, body: html })))),
    updatedAt: at,
    ...defined({ resolvedAt: status === "resolved" ? at : undefined }),
  };
}

/** status.aws.amazon.com/rss/all.rss, or the feed of one service. The newest fifty updates, not all that is open. */
export const Rss = Feed.transform(({ title, link, entries }): Snapshot => {
  const events = grouped(entries.flatMap(postOf), eventId);
  return {
    ...silent,
    page: defined({ name: title, url: link }),
    incidents: [...events].flatMap(([id, posts]) => incident(id, byTime(posts)) ?? []),
  };
});
