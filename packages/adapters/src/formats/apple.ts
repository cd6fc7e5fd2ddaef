import type { Component, Incident, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import { coverage, defined, identity, list, optional, parsePayload, section, text } from "../payload.ts";
import { jsonp } from "../read.ts";
import { incident, isMaintenance, maintenance, messages, newest } from "./apple-affairs.ts";
import { Service, worse } from "./apple-services.ts";
import { modern } from "./apple-timeline.ts";

const Feed = z.object({
  services: list(Service).refine(({ entries }) => entries.length > 0, "no service that could be read"),
  past: section(Service),
  drpost: optional(z.boolean()),
  drMessage: optional(text),
});
type Feed = z.infer<typeof Feed>;

/** Apple's system status, of its services or of its developer services, in any language. */
export const apple: Format = {
  ways: [[dataUrl]],
  read: jsonp,
  adapt: (payload, told) => snapshot(parsePayload(Feed, modern(payload)), told),
};

function snapshot(feed: Feed, { at }: Told): Snapshot {
  const { services, past } = feed;
  const all = [...services.entries, ...(past?.entries ?? [])];
  const events = all.flatMap((service) => service.events);
  const updatedAt = newest(events);
  const told = messages(events);
  // The shape of 2012 is retired, and nobody knows what it left out.
  const listed = coverage(past ? undefined : services);
  const affairs = all.every(({ whole }) => whole) ? listed : "partial";
  return {
    // When the feed was built. Edges serve older builds now and then.
    page: defined({ updatedAt }),
    coverage: { components: listed, incidents: affairs, maintenances: affairs },
    components: components(feed),
    incidents: [
      ...told.filter((copies) => !isMaintenance(copies)).map((copies) => incident(copies, updatedAt ?? at)),
      ...notices(feed, updatedAt ?? at),
    ],
    maintenances: told.filter(isMaintenance).map((copies) => maintenance(copies, updatedAt ?? at)),
  };
}

function components({ services }: Feed): Component[] {
  const byName = new Map<string, Component>();
  for (const { component } of services.entries) {
    const before = byName.get(component.id);
    byName.set(component.id, before ? worse(before, component) : component);
  }
  return [...byName.values()];
}

// What the page shows instead of, or above, its services. No capture has one; silence about it would be worse.
function notices({ drpost, drMessage = "" }: Feed, postedAt: string): Incident[] {
  if (!(drpost ?? drMessage !== "")) return [];
  const update = { id: identity("drpost", drMessage), status: "drpost", body: drMessage, at: postedAt };
  const open = { status: "unknown", rawStatus: "drpost", impact: "unknown" } as const;
  return [{ id: "drpost", title: "Notice", ...open, components: [], updates: [update], updatedAt: postedAt }];
}

/** `https://www.apple.com/support/systemstatus?locale=ja_JP`, or the developers' page, to where its data is. */
function dataUrl(page: URL): URL {
  if (page.pathname.endsWith(".js")) return page;
  const isDeveloper = page.hostname === "developer.apple.com" || page.pathname.includes("/developer");
  const locale = /^[a-z]{2}_[A-Z]{2}$/.exec(page.searchParams.get("locale") ?? "")?.[0] ?? "en_US";
  const origin = page.hostname === "developer.apple.com" ? "https://www.apple.com" : page.origin;
  return new URL(
    `/support/systemstatus/data/${isDeveloper ? "developer/" : ""}system_status_${locale}.js`,
    origin,
  );
}
