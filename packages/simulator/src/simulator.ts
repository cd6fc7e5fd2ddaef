import { createServer } from "node:http";
import { answer } from "./answer.ts";
import { createDoors } from "./doors.ts";
import type { Fault } from "./faults.ts";
import { createSite, type Site } from "./site.ts";
import type { Page, World } from "./world.ts";

export interface SimulatorOptions {
  world: World;
  /** The first page's port, the others on the ones that follow; by default the system picks. */
  port?: number;
  /** Statuspage's ETags are weak, so these are too unless said otherwise. */
  etag?: "weak" | "strong";
}

/** Status pages that answer over HTTP. The page ids are ours; an unknown one throws. */
export interface Simulator {
  /** Where a page lives: `http://127.0.0.1:4711`. */
  pageUrl(id: string): string;
  /** A page as it is now: the truth. */
  page(id: string): Page;
  /** Publishes what `change` makes of a page, and returns it. */
  change(id: string, change: (page: Page) => Page): Page;
  /** How a page answered so far: counts by status, `dropped` where it hung up. */
  requests(id: string): Readonly<Record<string, number>>;
  /** Puts a page in trouble, or with no fault out of it. */
  fault(id: string, fault?: Fault): void;
  close(): Promise<void>;
}

/**
 * Serves a world on 127.0.0.1, each page on a port of its own: vendors' paths are absolute, Node does not resolve
 * `*.localhost`, and only Linux answers on all of 127.x.y.z. One HTTP server takes the connections of all ports.
 */
export async function startSimulator({ world, port = 0, etag = "weak" }: SimulatorOptions): Promise<Simulator> {
  const sites = new Map<string, Site>();
  const sitesByPort = new Map<number, Site>();
  const http = createServer((request, response) => {
    const site = sitesByPort.get(request.socket.localPort ?? 0);
    if (site) void answer(site, { request, response, weak: etag === "weak" });
    else request.destroy();
  });
  const doors = createDoors((socket) => http.emit("connection", socket));

  try {
    for (const [index, page] of [...world.values()].entries()) {
      const opened = await doors.open(port === 0 ? 0 : port + index);
      const site = createSite(page, `http://127.0.0.1:${opened}`);
      sites.set(page.id, site);
      sitesByPort.set(opened, site);
    }
  } catch (cause) {
    await doors.close();
    throw cause;
  }
  return { ...controls(sites), close: doors.close };
}

function controls(sites: ReadonlyMap<string, Site>): Omit<Simulator, "close"> {
  function siteOf(id: string): Site {
    const site = sites.get(id);
    if (!site) throw new Error(`There is no page called "${id}".`);
    return site;
  }

  return {
    pageUrl: (id) => siteOf(id).origin,
    page: (id) => siteOf(id).page,
    requests: (id) => Object.fromEntries(siteOf(id).answers),
    change(id, change) {
      const site = siteOf(id);
      site.page = change(site.page);
      if (site.trouble?.fault.kind !== "stale") site.rendered.clear();
      return site.page;
    },
    fault(id, fault) {
      const site = siteOf(id);
      site.trouble = fault && { fault, pageThen: site.page };
      site.rendered.clear();
    },
  };
}
