import type { Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import { coverage, has, id, isReadable, list, optional, parsePayload, section, silent, time } from "../payload.ts";
import { xmlOrJson } from "../xml.ts";
import { StatuspageFeed } from "./statuspage-feed.ts";
import {
  AffairPart,
  affairs,
  ComponentPart,
  components,
  LoneAffairPart,
  maintenance,
  named,
  PagePart,
  StatusPart,
} from "./statuspage-parts.ts";

/** A payload that was understood, but for the time of what has none. */
type Reading = (told: Told) => Snapshot;

const sections = ["status", "components", "incidents", "scheduled_maintenances"] as const;

// Captures lack the page now and then; what they say is theirs all the same.
const Poll = z
  .object({
    page: optional(PagePart),
    status: optional(StatusPart),
    components: section(ComponentPart),
    incidents: section(AffairPart),
    scheduled_maintenances: section(AffairPart),
  })
  .refine(
    ({ status, components, incidents, scheduled_maintenances }) =>
      status !== undefined || [components, incidents, scheduled_maintenances].some(isReadable),
    "nothing that a status page says",
  )
  .transform(({ page, status, ...said }): Reading => ({ at }) => {
    const told = affairs(said.incidents?.entries ?? [], at);
    const scheduled = said.scheduled_maintenances?.entries ?? [];
    // Only the summary lists all that is open; the other lists hold the newest fifty, or one kind.
    const isSummary = status !== undefined && said.components !== undefined;
    return {
      page: { ...page, ...status },
      coverage: {
        components: coverage(said.components),
        incidents: isSummary ? coverage(said.incidents) : "partial",
        maintenances: isSummary ? coverage(said.scheduled_maintenances) : "partial",
      },
      components: components(said.components?.entries ?? []),
      incidents: told.incidents,
      maintenances: [...scheduled.map((part) => maintenance(part, at)), ...told.maintenances],
    };
  });

const PushPage = PagePart.and(z.object({ status_indicator: optional(z.string()) })).transform(
  ({ status_indicator, ...page }) => ({
    ...page,
    ...StatusPart.safeParse({ indicator: status_indicator }).data,
  }),
);

// One incident: pushed, or asked for by its own URL, which gives it with its page or bare.
const One = z
  .object({ page: optional(PushPage), incident: LoneAffairPart })
  .transform(({ page, incident: part }): Reading => ({ at }) => ({
    page: page ?? {},
    ...silent,
    ...affairs([part], at),
  }));

const ComponentPush = z
  .object({
    page: optional(PushPage),
    component: z.object({ id, name: z.string().trim(), updated_at: optional(time) }),
    component_update: z.object({
      old_status: optional(z.string()),
      new_status: z.string(),
      created_at: optional(time),
    }),
  })
  .transform(({ page, component: { id, name, updated_at }, component_update: update }): Reading => {
    const from = update.old_status === undefined ? undefined : named({ id, name }, update.old_status).status;
    const updatedAt = update.created_at ?? updated_at;
    return () => ({
      page: page ?? {},
      ...silent,
      components: [named({ id, name, from, updatedAt }, update.new_status)],
    });
  });

// The manage API, for a page's owners, gives lists without a word around them.
const BareAffairs = bare(AffairPart).transform(({ entries }): Reading => ({ at }) => ({
  page: {},
  ...silent,
  ...affairs(entries, at),
}));
const BareComponents = bare(ComponentPart).transform((listed): Reading => () => ({
  page: {},
  ...silent,
  coverage: { ...silent.coverage, components: coverage(listed) },
  components: components(listed.entries),
}));

const BareIncident = LoneAffairPart.transform((part): Reading => ({ at }) => ({
  page: {},
  ...silent,
  ...affairs([part], at),
}));

const Feed = StatuspageFeed.transform(
  (snapshot): Reading =>
    () =>
      snapshot,
);

const Nothing = z.never("none of what a Statuspage page or webhook says");

/** Atlassian Statuspage, polled or pushed. https://developer.statuspage.io */
export const statuspage: Format = {
  ways: [["/api/v2/summary.json"], ["/history.atom"]],
  read: xmlOrJson,
  adapt: (payload, told) => parsePayload(shapeOf(payload), payload)(told),
  incidentUrl: (page, id) => new URL(`/api/v2/incidents/${encodeURIComponent(id)}.json`, page),
  pastUrl: (page) => new URL("/api/v2/incidents.json", page),
};

function bare<Part>(part: z.ZodType<Part>) {
  return list(part).refine(isReadable, "nothing that Statuspage lists");
}

function shapeOf(payload: unknown): z.ZodType<Reading> {
  if (has(payload, "component_update")) return ComponentPush;
  if (has(payload, "incident")) return One;
  if (has(payload, "incident_updates")) return BareIncident;
  if (has(payload, "feed") || has(payload, "rss")) return Feed;
  if (Array.isArray(payload))
    return payload.some((entry) => has(entry, "position")) ? BareComponents : BareAffairs;
  return sections.some((key) => has(payload, key)) ? Poll : Nothing;
}
