import { type Component, type ComponentStatus, plainWord, severity } from "@statuswire/status";
import { z } from "zod";
import { epochMilliseconds, id, optional, raw, expectedList, text, word } from "../payload.ts";
import { appleTime } from "./apple-time.ts";

const stateWhileOngoing = word({
  Outage: "major_outage",
  Issue: "partial_outage",
  Performance: "degraded_performance",
  Maintenance: "under_maintenance",
});
const closed: readonly string[] = ["resolved", "completed"];

/** Before any of these pages existed: a time in other units than they use. */
const firstMs = Date.UTC(2010, 0);

export const epoch = z.number().min(firstMs).pipe(epochMilliseconds);

const EventPart = z.object({
  messageId: optional(id),
  statusType: optional(z.string()),
  eventStatus: z.string(),
  message: optional(text),
  usersAffected: optional(text),
  epochStartDate: optional(epoch),
  epochEndDate: optional(epoch),
  datePosted: optional(z.string().transform(appleTime)),
});

/** One message as it stands under one service. */
export interface AppleEvent extends z.infer<typeof EventPart> {
  service: string;
}

const entities = new Map(Object.entries({ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" }));

// Some languages' names are written for HTML, and not always.
const ServiceName = z
  .string()
  .transform((name) =>
    name.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities.get(entity) ?? entity).trim(),
  )
  .pipe(z.string().min(1).max(500));

/** A service and its events. It has no id; its name, in the language of the page, is its key. */
export const Service = z
  .object({ serviceName: ServiceName, events: expectedList(EventPart) })
  .transform(({ serviceName, events: { entries, whole } }) => ({
    name: serviceName,
    whole: whole && entries.every(({ messageId }) => messageId !== undefined),
    component: component(serviceName, { entries, whole }),
    events: entries.map((event): AppleEvent => ({ ...event, service: serviceName })),
  }));

function component(name: string, { entries, whole }: { entries: z.infer<typeof EventPart>[]; whole: boolean }) {
  const states = entries.map((event) => ({
    status: stateOf(event),
    theirs: event.statusType ?? event.eventStatus,
  }));
  const worst = states.reduce(worse, { status: whole ? "operational" : "unknown", theirs: "unreadable" });
  return { id: name, name, status: worst.status, ...raw(worst.status, worst.theirs) } satisfies Component;
}

/** What an event does to its service. What is over or still to come does nothing. */
export function stateOf({
  eventStatus,
  statusType,
}: Pick<AppleEvent, "eventStatus" | "statusType">): ComponentStatus {
  if (isClosed({ eventStatus }) || plainWord(eventStatus) === "upcoming") return "operational";
  return plainWord(eventStatus) === "ongoing" ? stateWhileOngoing(statusType ?? "") : "unknown";
}

/** Whether an event is over. A maintenance's end is planned long before, so the end alone says nothing. */
export function isClosed({ eventStatus }: Pick<AppleEvent, "eventStatus">): boolean {
  return closed.includes(plainWord(eventStatus));
}

/** The worse of two, the first when they are alike. */
export function worse<Stated extends { status: ComponentStatus }>(one: Stated, other: Stated): Stated {
  return severity.indexOf(other.status) > severity.indexOf(one.status) ? other : one;
}
