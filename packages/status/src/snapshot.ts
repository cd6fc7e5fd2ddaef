import { z } from "zod";
import { WebUrl } from "./web-url.ts";
import { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from "./words.ts";

/** ISO 8601 in UTC with milliseconds, so that times compare as text. Adapters bring every vendor's time into this form. */
export const Time = z.iso.datetime({ precision: 3 });
export type Time = z.infer<typeof Time>;

/** One thing the vendor wrote about an incident. `body` is as written; `readable()` makes a line of it. */
export const Update = z.object({
  id: z.string(),
  status: z.string(),
  body: z.string(),
  at: Time,
});
export type Update = z.infer<typeof Update>;

export const Component = z.object({
  id: z.string(),
  name: z.string(),
  group: z.string().optional(),
  status: ComponentStatus,
  /** The vendor's own word, kept when it is not the field's. */
  rawStatus: z.string().optional(),
  /** What a push says the status was before; a poll can't know. */
  from: ComponentStatus.optional(),
  updatedAt: Time.optional(),
});
export type Component = z.infer<typeof Component>;

/** A component as an incident names it: some pages give no id, many no status. */
export const AffectedComponent = z.object({
  id: z.string().optional(),
  name: z.string(),
  status: ComponentStatus.optional(),
});
export type AffectedComponent = z.infer<typeof AffectedComponent>;

const Affair = z.object({
  id: z.string(),
  title: z.string(),
  /** The vendor's own word, kept when it is not the field's. */
  rawStatus: z.string().optional(),
  impact: Impact,
  updatedAt: Time.optional(),
  url: WebUrl,
  components: z.array(AffectedComponent),
  /** Newest last. */
  updates: z.array(Update),
  /** True when no page lists it (a relayed notice): its absence from one says nothing. */
  unlisted: z.boolean().optional(),
  /** The product to announce, where the sender has said it. */
  product: z.string().optional(),
  /** By what else it is known when its vendor gives it a new id. One mark in common makes it the same. */
  marks: z.array(z.string()).optional(),
});

export const Incident = Affair.extend({
  status: IncidentStatus,
  startedAt: Time.optional(),
  resolvedAt: Time.optional(),
});
export type Incident = z.infer<typeof Incident>;

export const Maintenance = Affair.extend({
  status: MaintenanceStatus,
  scheduledFor: Time.optional(),
  scheduledUntil: Time.optional(),
});
export type Maintenance = z.infer<typeof Maintenance>;

/** `full`: what the snapshot omits is gone. `partial`: what it omits is as it was. */
export const Coverage = z.enum(["full", "partial"]);
export type Coverage = z.infer<typeof Coverage>;

/** How many of each were left out, because they exceed the limits; see `limits`. */
export const Omitted = z.object({
  updates: z.int().optional(),
  components: z.int().optional(),
  incidents: z.int().optional(),
  maintenances: z.int().optional(),
  events: z.int().optional(),
});
export type Omitted = z.infer<typeof Omitted>;

export const Page = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  url: WebUrl,
  indicator: Impact.optional(),
  /** The page's own clock. A snapshot older than what is known changes nothing. */
  updatedAt: Time.optional(),
  /** What the page lists beyond the limits. */
  omitted: Omitted.optional(),
});
export type Page = z.infer<typeof Page>;

/** What one observation says, in our words. */
export const Snapshot = z.object({
  page: Page,
  coverage: z.object({ components: Coverage, incidents: Coverage, maintenances: Coverage }),
  components: z.array(Component),
  incidents: z.array(Incident),
  maintenances: z.array(Maintenance),
});
export type Snapshot = z.infer<typeof Snapshot>;

/** Whether the snapshot speaks for the page, and so may be its baseline. */
export function speaksInFull({ coverage }: Snapshot): boolean {
  return Object.values(coverage).includes("full");
}

/** Whether an incident is over, as far as the vendor says. An unknown word is not an end. */
export function isOver({ status }: Pick<Incident, "status">): boolean {
  return status === "resolved" || status === "postmortem";
}

/** Whether a maintenance is behind us. */
export function isDone({ status }: Pick<Maintenance, "status">): boolean {
  return status === "completed" || status === "cancelled";
}
