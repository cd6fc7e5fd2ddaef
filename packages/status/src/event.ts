import { z } from "zod";
import { Component, Incident, Maintenance, Omitted, Time } from "./snapshot.ts";
import { WebUrl } from "./web-url.ts";
import { ComponentStatus } from "./words.ts";

export const EventType = z.enum([
  "incident.opened",
  "incident.updated",
  "incident.resolved",
  "incident.reopened",
  "incident.postmortem",
  "maintenance.scheduled",
  "maintenance.started",
  "maintenance.updated",
  "maintenance.completed",
  "maintenance.cancelled",
  "component.changed",
  "page.changed",
  "source.stale",
  "source.recovered",
  "source.migrated",
  "network.lost",
  "network.restored",
]);
export type EventType = z.infer<typeof EventType>;

/** What sinks are told of events, in place of them. In no log. */
export const NoticeType = z.enum([
  "component.unstable",
  "component.settled",
  "digest",
  "sink.failing",
  "sink.disabled",
]);
export type NoticeType = z.infer<typeof NoticeType>;

/** How an observation reached us. */
export const Via = z.enum(["poll", "webhook"]);
export type Via = z.infer<typeof Via>;

/**
 * The version of the event schema in which events are recorded. In version 1, which had no field for it, `updates` held every update
 * up to the event. Since version 2 it holds those that the event is the first to carry.
 */
export const eventVersion = 2;

const ofAffair = {
  firstUpdateAt: Time.optional().describe(
    "When the vendor first wrote of it, where neither `startedAt` nor `updates` says so.",
  ),
};

/** A change, recorded, with its place in the log. */
export const Event = z.object({
  version: z.int().optional().describe("Of this schema: 2. Absent in events recorded in version 1."),
  id: z.string().describe("Deterministic: the same change always has the same id."),
  seq: z.string().describe("Its place in the log; a cursor for replay."),
  type: z.enum([...EventType.options, ...NoticeType.options]),
  provider: z.string(),
  product: z.string(),
  status: z.string().describe("One line for people: the newest text, else the state in words."),
  timestamp: Time.describe("When the vendor says it happened."),
  observedAt: Time.describe("When we saw it."),
  via: Via,
  initial: z.boolean().describe("Part of the first look at a page: recorded, announced to nobody."),
  inferred: z.boolean().describe("We concluded it; the vendor did not say it."),
  incident: Incident.extend(ofAffair)
    .optional()
    .describe(
      "The incident after the event. `updates` holds the update that the event is about; when it is opened, those before it, too.",
    ),
  maintenance: Maintenance.extend(ofAffair).optional().describe("As `incident`."),
  component: Component.extend({ from: ComponentStatus }).optional(),
  url: WebUrl,
  omitted: Omitted.optional().describe(
    "How many earlier updates, affected components, or events of the same observation are left out here.",
  ),
});
export type Event = z.infer<typeof Event>;

/** A difference that a snapshot makes to what was known. Recorded, it becomes an event. */
export interface Change extends Omit<Event, "version" | "id" | "seq" | "provider" | "observedAt" | "via"> {
  /** What makes this change itself and no other; the event's id is its digest. */
  key: string;
}
