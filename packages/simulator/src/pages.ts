import { lastingId } from "./ids.ts";
import type { Page, Vendor, World } from "./world.ts";

export interface PageOptions {
  id: string;
  vendor: Vendor;
  name: string;
  components: readonly (string | { name: string; group?: string; description?: string })[];
  timeZone?: string;
  jsonp?: boolean;
  at: Date;
}

/** A quiet page. Its own id and its components' depend on their names only, so that they outlive a restart. */
export function createPage({ components, at, ...options }: PageOptions): Page {
  const { id, vendor } = options;
  const identity = (of: string) => lastingId(vendor, `${id}/${of}`);
  return {
    timeZone: "Etc/UTC",
    jsonp: false,
    ...options,
    vendorId: identity("page"),
    createdAt: at,
    updatedAt: at,
    revision: 0,
    components: components
      .map((component) => (typeof component === "string" ? { name: component } : component))
      .map((component) => ({
        ...component,
        id: identity(`component/${component.name}`),
        status: "operational",
        createdAt: at,
        updatedAt: at,
      })),
    incidents: [],
    maintenances: [],
  };
}

export function createWorld(pages: readonly Page[]): World {
  return new Map(pages.map((page) => [page.id, page]));
}
