import { vendorId } from "./ids.ts";
import { effectsOf, withEffects, type Affects } from "./components.ts";
import type { Affair, ComponentStatus, Page, Update } from "./world.ts";

/** What a page owner publishes in one go. */
export interface Post<Status> {
  status: Status;
  body: string;
  affects?: Affects;
  at: Date;
}

/** Publishes one update to an affair: the page with its components moved, and the affair with the update. */
export function publish<Status, Kind extends Affair<Status>>(page: Page, affair: Kind, post: Post<Status>) {
  const { status, body, at } = post;
  const effects = effectsOf(page, post.affects ?? {});
  const update: Update<Status> = { id: nextId(page, "update", at), status, body, at, effects };
  const componentIds = [...new Set([...affair.componentIds, ...effects.map(({ componentId }) => componentId)])];
  return {
    page: { ...withEffects(page, effects, at), updatedAt: at, revision: page.revision + 1 },
    affair: { ...affair, status, updatedAt: at, componentIds, updates: [...affair.updates, update] },
  };
}

/** The id of what happens next on the page. */
export function nextId(page: Page, kind: "incident" | "maintenance" | "update", at: Date): string {
  return vendorId(page.vendor, { of: `${page.id}/${kind}/${page.revision}`, at });
}

/** The affair with that id. Throws when the page has none. */
export function affairWith<Kind extends { id: string }>(affairs: readonly Kind[], id: string): Kind {
  const affair = affairs.find((candidate) => candidate.id === id);
  if (!affair) throw new Error(`Nothing on the page has the id ${id}.`);
  return affair;
}

export function replace<Kind extends { id: string }>(affairs: readonly Kind[], next: Kind): Kind[] {
  return affairs.map((affair) => (affair.id === next.id ? next : affair));
}

/** Every component of an affair, sent to one state. */
export function allOf(page: Page, affair: { componentIds: readonly string[] }, to: ComponentStatus): Affects {
  const names = page.components.filter(({ id }) => affair.componentIds.includes(id)).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, to]));
}
