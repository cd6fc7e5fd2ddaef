import { ComponentStatus, isDone, isOver, Omitted, Stale, stateOf, Time, unreadReason } from "@statuswire/status";
import { z } from "zod";
import type { Watched } from "../board.ts";
import { ComponentView, componentsOf } from "./component.ts";
import { byUrgency, IncidentView, incidentsOf } from "./incident.ts";
import { byWindow, MaintenanceView, maintenancesOf } from "./maintenance.ts";

/** Why a state can't be relied on, and when it last could. */
const StaleView = Stale.extend({
  lastReadAt: Time.optional().describe("When the page was last read. Absent when it never was."),
});

/** A provider in a list. */
export const ProviderSummary = z.object({
  id: z.string(),
  name: z.string(),
  page: z.string().optional().describe("Their status page."),
  format: z.string().optional().describe("How the page talks."),
  state: ComponentStatus.describe("The worst that its components, incidents and maintenances say, as last heard."),
  stale: StaleView.optional().describe("Since when and why the state can't be relied on. Absent while it can."),
  neverRead: z
    .object({ reason: z.string() })
    .optional()
    .describe("Why the page has not been read yet. Absent once it has."),
  readAt: Time.optional().describe("When the page last told us something new."),
  changedAt: Time.optional().describe("The vendor's time of the newest change to anything on the page."),
  omitted: Omitted.optional().describe(
    "How much the page lists beyond what is taken of one page. Absent when nothing.",
  ),
  openIncidents: z.int(),
  componentCount: z.int(),
});
export type ProviderSummary = z.infer<typeof ProviderSummary>;

/** The last poll of a page. */
export const LastPoll = z.object({
  at: Time,
  outcome: z.string().describe("`changed`, `unchanged`, or why it failed."),
  failures: z.int().describe("How many polls in a row have failed."),
});
export type LastPoll = z.infer<typeof LastPoll>;

export const ProviderView = ProviderSummary.extend({
  lastPoll: LastPoll.optional(),
  components: z.array(ComponentView),
  incidents: z.array(IncidentView),
  maintenances: z.array(MaintenanceView),
});
export type ProviderView = z.infer<typeof ProviderView>;

/** A provider as a list shows it. */
export function providerSummary({ id, name, page, format, known, polling }: Watched): ProviderSummary {
  const { stale, readAt, omitted } = known.page;
  const lastReadAt = polling?.readAt ?? readAt;
  const unread = unreadReason(known, polling);
  const changedAt = newest(known);
  return {
    ...{ id, name, state: stateOf(known) },
    ...(page === undefined ? {} : { page }),
    ...(format === undefined ? {} : { format }),
    ...(stale === undefined ? {} : { stale: { ...stale, ...(lastReadAt === undefined ? {} : { lastReadAt }) } }),
    ...(unread === undefined ? {} : { neverRead: { reason: unread } }),
    ...(readAt === undefined ? {} : { readAt }),
    ...(changedAt === undefined ? {} : { changedAt }),
    ...(omitted === undefined ? {} : { omitted }),
    openIncidents: [...known.incidents.values()].filter((incident) => !isOver(incident)).length,
    componentCount: known.components.size,
  };
}

/** A provider with all that is known of it. */
export function providerView(watched: Watched, lastPoll: LastPoll | undefined): ProviderView {
  return {
    ...providerSummary(watched),
    ...(lastPoll === undefined ? {} : { lastPoll }),
    components: componentsOf(watched),
    incidents: incidentsOf(watched).sort(byUrgency),
    maintenances: maintenancesOf(watched).sort(byWindow),
  };
}

// What is only announced says when it was written, not when it will be; a maintenance ahead is no change yet.
function newest({ components, incidents, maintenances }: Watched["known"]): string | undefined {
  const past = [...maintenances.values()].filter((maintenance) => isDone(maintenance));
  return [...components.values(), ...incidents.values(), ...past]
    .map(({ updatedAt }) => updatedAt)
    .reduce<string | undefined>((latest, at) => (latest === undefined || at > latest ? at : latest), undefined);
}
