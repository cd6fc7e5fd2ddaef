import type { AffectedComponent, Impact, Incident, Maintenance, Update } from "@statuswire/status";
import { defined, identity, raw, word } from "../payload.ts";
import { type AppleEvent, isClosed, stateOf, worse } from "./apple-services.ts";

const incidentStatus = word({ ongoing: "investigating", resolved: "resolved", completed: "resolved" });
const maintenanceStatus = word({
  upcoming: "scheduled",
  ongoing: "in_progress",
  completed: "completed",
  resolved: "completed",
});
const impact = word({ Outage: "major", Issue: "minor", Performance: "minor", Maintenance: "maintenance" });

/** The copies of one message, one under each affected service, that share their `messageId`. */
type Copies = readonly [AppleEvent, ...AppleEvent[]];

/**
 * Messages by their id. Services and starts, which survive the rare renumbering, are marks and no identity: Apple edits
 * starts three times as often, and different messages of one service share one.
 */
export function messages(events: readonly AppleEvent[]): Copies[] {
  const byId = new Map<string, Copies>();
  for (const event of events) {
    const { messageId } = event;
    if (messageId === undefined) continue;
    const before = byId.get(messageId);
    byId.set(messageId, before ? [...before, event] : [event]);
  }
  return [...byId.values()];
}

/** Told by type. Where Apple leaves the type empty, only a maintenance is announced beforehand, or completed. */
export function isMaintenance(copies: Copies): boolean {
  return copies.every(({ statusType, eventStatus }) =>
    impact(statusType ?? "") === "unknown"
      ? eventStatus === "upcoming" || eventStatus === "completed"
      : statusType === "Maintenance",
  );
}

export function incident(copies: Copies, at: string): Incident {
  const said = state(copies);
  const status = incidentStatus(said.eventStatus);
  const resolvedAt = status === "resolved" ? latest(copies) : undefined;
  return {
    ...affair(copies, { status, at }),
    status,
    ...raw(status, said.eventStatus),
    ...defined({ startedAt: earliest(copies), resolvedAt }),
  };
}

export function maintenance(copies: Copies, at: string): Maintenance {
  const said = state(copies);
  const status = maintenanceStatus(said.eventStatus);
  return {
    ...affair(copies, { status, at }),
    status,
    ...raw(status, said.eventStatus),
    ...defined({ scheduledFor: earliest(copies), scheduledUntil: latest(stillOpen(copies)) }),
  };
}

function affair(copies: Copies, { status, at }: { status: string; at: string }) {
  const postedAt = newest(copies) ?? at;
  const { eventStatus, statusType = "", message = "" } = state(copies);
  // There are no updates; the message is overwritten. Whatever it says for the first time is one.
  const update: Update = {
    id: identity(eventStatus, statusType, message),
    status: status === "unknown" ? eventStatus : status,
    body: message,
    at: postedAt,
  };
  return {
    id: copies[0].messageId ?? "",
    title: statusType || message || eventStatus,
    impact: impactOf(copies, statusType),
    components: affected(copies),
    updates: [update],
    updatedAt: postedAt,
    marks: marks(copies),
  };
}

function marks(copies: Copies): string[] {
  const starts = copies.flatMap(({ service, epochStartDate }) =>
    epochStartDate ? `${service}@${epochStartDate}` : [],
  );
  return [...new Set(starts)].sort();
}

function impactOf(copies: Copies, statusType: string): Impact {
  return isMaintenance(copies) ? "maintenance" : impact(statusType);
}

/** What a message says as a whole: open while any copy is, of the worst type, in the words of most of those. */
function state(copies: Copies): Pick<AppleEvent, "eventStatus" | "statusType" | "message"> {
  const open = stillOpen(copies);
  const begun = open.filter(({ eventStatus }) => eventStatus !== "upcoming");
  const telling = begun.length ? begun : open;
  const states = telling.map((event) => ({ event, status: stateOf({ ...event, eventStatus: "ongoing" }) }));
  const [first = { event: copies[0], status: "unknown" as const }, ...others] = states;
  const worst = others.reduce(worse, first).event;
  const ours = telling.filter(({ statusType }) => statusType === worst.statusType);
  return defined({
    eventStatus: worst.eventStatus,
    statusType: worst.statusType,
    message: commonest(
      ours.flatMap(({ message, usersAffected }) => (message ?? usersAffected ?? "").trim() || []),
    ),
  });
}

function stillOpen(copies: Copies): readonly AppleEvent[] {
  const open = copies.filter((copy) => !isClosed(copy));
  return open.length ? open : copies;
}

function commonest(texts: readonly string[]): string | undefined {
  const count = new Map<string, number>();
  for (const text of texts) count.set(text, (count.get(text) ?? 0) + 1);
  const [most] = [...count].sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  return most?.[0];
}

function affected(copies: Copies): AffectedComponent[] {
  const byName = new Map<string, { id: string; name: string; status: ReturnType<typeof stateOf> }>();
  for (const copy of copies) {
    const told = { id: copy.service, name: copy.service, status: stateOf(copy) };
    const before = byName.get(copy.service);
    byName.set(copy.service, before ? worse(before, told) : told);
  }
  return [...byName.values()];
}

/** When the newest of them was posted, which today is when the feed was built. */
export function newest(events: readonly AppleEvent[]): string | undefined {
  return events
    .flatMap(({ datePosted }) => datePosted ?? [])
    .sort()
    .at(-1);
}

function earliest(copies: Copies): string | undefined {
  return copies.flatMap(({ epochStartDate }) => epochStartDate ?? []).sort()[0];
}

function latest(copies: readonly AppleEvent[]): string | undefined {
  return copies
    .flatMap(({ epochEndDate }) => epochEndDate ?? [])
    .sort()
    .at(-1);
}
