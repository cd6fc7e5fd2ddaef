import { createPage, openIncident, type Page, type PageOptions, type Vendor } from "../src/index.ts";

/** Times for tests: so many minutes after noon. */
export function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 2, 1, 12, minutes));
}

/** A quiet page with three components, one of them in a group. */
export function quiet(vendor: Vendor, options: Partial<PageOptions> = {}): Page {
  const components = ["API", "Search", { name: "US East", group: "Voice" }];
  return createPage({ id: "acme", vendor, name: "Acme", components, at: at(0), ...options });
}

/** A page on which the API has been degraded since 12:01. */
export function broken(vendor: Vendor, options: Partial<PageOptions> = {}): Page {
  return openIncident(quiet(vendor, options), {
    title: "Delays",
    impact: "minor",
    status: "investigating",
    body: "We are investigating.",
    affects: { API: "degraded_performance" },
    at: at(1),
  });
}

/** What one of the page's documents holds. */
export function read(body: string | undefined): Record<string, unknown> {
  return JSON.parse(body ?? "null") as Record<string, unknown>; // Ours, and the test says what it expects of it.
}
