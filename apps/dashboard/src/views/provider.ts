import { ComponentStatus, isDone, isOver, Stale, stateOf, Time } from "@statuswire/status";
import { z } from "zod";
import type { Watched } from "../board.ts";
import { ComponentView, componentsOf } from "./component.ts";
import { byUrgency, IncidentView, incidentsOf } from "./incident.ts";
import { byWindow, MaintenanceView, maintenancesOf } from "./maintenance.ts";

/** A provider in a list. */
export const ProviderSummary = z.object({
  id: z.string(),
  name: z.string(),
  page: z.string().optional().describe("Their status page."),
  format: z
    .string()
    .optional()
    .describe("How the page talks. Absent when it is not in the configuration any more."),
  state: ComponentStatus.describe("The worst that its components, incidents and maintenances say, as last heard."),
  stale: Stale.optional().describe("Since when and why the state can't be relied on. Absent while it can."),
  readAt: Time.optional().describe("When the page last told us something new."),
  changedAt: Time.optional().describe("The vendor's time of the newest change to anything on the page."),
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
export function providerSummary({ id, name, page, format, known }: Watched): ProviderSummary {
  const { stale, readAt } = known.page;
  const changedAt = newest(known);
  return {
    ...{ id, name, state: stateOf(known) },
    ...(page === undefined ? {} : { page }),
    ...(format === undefined ? {} : { format }),
    ...(stale === undefined ? {} : { stale }),
    ...(readAt === undefined ? {} : { readAt }),
    ...(changedAt === undefined ? {} : { changedAt }),
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
