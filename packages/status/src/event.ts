import { z } from "zod";
import { Component, Incident, Maintenance, Time } from "./snapshot.ts";
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

/** A change, recorded, with its place in the log. */
export const Event = z.object({
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
  incident: Incident.optional(),
  maintenance: Maintenance.optional(),
  component: Component.extend({ from: ComponentStatus }).optional(),
  url: WebUrl,
});
export type Event = z.infer<typeof Event>;

/** A difference that a snapshot makes to what was known. Recorded, it becomes an event. */
export interface Change extends Omit<Event, "id" | "seq" | "provider" | "observedAt" | "via"> {
  /** What makes this change itself and no other; the event's id is its digest. */
  key: string;
}
