import { createPage, type Page } from "@statuswire/simulator";

/**
 * How we hear of a provider: only from its webhooks, which overtake each other; only from its webhooks, one after another; only
 * from its page; or from webhooks and page at once.
 */
type Hearing = "pushed" | "ordered" | "polled" | "both";

export interface Provider {
  id: string;
  hearing: Hearing;
}

/** Sixteen that only push, four that are only polled, twelve that do both. */
export const providers: readonly Provider[] = [
  ...named("pushed", 8),
  ...named("ordered", 8),
  ...named("polled", 4),
  ...named("both", 12),
];

const components = ["API", "Dashboard", "Webhooks", "Search", "Login"];

/** A provider's page as it is in the beginning: quiet. */
export function quietPage({ id }: Provider, at: Date): Page {
  return createPage({ id, vendor: "statuspage", name: `Page ${id}`, components, at });
}

export function isPolled({ hearing }: Provider): boolean {
  return hearing === "polled" || hearing === "both";
}

export function doesPush({ hearing }: Provider): boolean {
  return hearing !== "polled";
}

function named(hearing: Hearing, count: number): Provider[] {
  return Array.from({ length: count }, (_, index) => ({ id: `${hearing}-${index + 1}`, hearing }));
}
