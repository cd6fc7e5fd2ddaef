import { affairWith, allOf, nextId, publish, replace, type Post } from "./affairs.ts";
import { impacts, type Impact, type Incident, type IncidentStatus, type Page } from "./world.ts";

export interface Opening extends Post<IncidentStatus> {
  title: string;
  impact: Impact;
}

/** Opens an incident; it is the page's last. Its components go where `affects` says. */
export function openIncident(page: Page, { title, impact, ...post }: Opening): Page {
  const { at, status } = post;
  const id = nextId(page, "incident", at);
  const incident: Incident = {
    id,
    title,
    impact,
    status,
    createdAt: at,
    updatedAt: at,
    componentIds: [],
    updates: [],
  };
  const published = publish(page, incident, post);
  return { ...published.page, incidents: [...page.incidents, published.affair] };
}

/** Posts an update. With a worse impact it escalates: like a vendor's, an incident's impact never goes down. */
export function updateIncident(page: Page, id: string, post: Post<IncidentStatus> & { impact?: Impact }): Page {
  const known = affairWith(page.incidents, id);
  const { page: told, affair } = publish<IncidentStatus, Incident>(page, known, post);
  const { resolvedAt: _before, ...incident } = { ...affair, impact: worse(known.impact, post.impact ?? "none") };
  const resolvedAt = isOver(post.status) ? (known.resolvedAt ?? post.at) : undefined;
  return { ...told, incidents: replace(page.incidents, { ...incident, ...(resolvedAt && { resolvedAt }) }) };
}

/** Closes an incident; all its components are operational again. */
export function resolveIncident(page: Page, id: string, { body, at }: { body: string; at: Date }): Page {
  const affects = allOf(page, affairWith(page.incidents, id), "operational");
  return updateIncident(page, id, { status: "resolved", body, affects, at });
}

/** The page without its oldest resolved incidents and completed maintenances beyond the newest `keep` of each. */
export function forgetEnded(page: Page, keep: number): Page {
  const incidents = newestEnded(page.incidents, ({ resolvedAt }) => resolvedAt !== undefined, keep);
  const maintenances = newestEnded(page.maintenances, ({ completedAt }) => completedAt !== undefined, keep);
  return { ...page, incidents, maintenances };
}

function isOver(status: IncidentStatus): boolean {
  return status === "resolved" || status === "postmortem";
}

function worse(a: Impact, b: Impact): Impact {
  return impacts.indexOf(a) < impacts.indexOf(b) ? b : a;
}

function newestEnded<Kind>(affairs: readonly Kind[], hasEnded: (affair: Kind) => boolean, keep: number): Kind[] {
  const kept = new Set(affairs.filter(hasEnded).slice(-keep));
  return affairs.filter((affair) => !hasEnded(affair) || kept.has(affair));
}
