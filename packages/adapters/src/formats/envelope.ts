import { type Incident, inWords, plainWord, type Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import {
  defined,
  id,
  identity,
  isReadable,
  list,
  optional,
  parsePayload,
  raw,
  silent,
  text,
  word,
} from "../payload.ts";
import { epoch } from "./apple-services.ts";
import { appleTime } from "./apple-time.ts";
import { nearestEnvelope } from "./envelope-shape.ts";
import { Sent } from "./envelope-time.ts";

const incidentStatus = word({
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
  postmortem: "postmortem",
  ongoing: "investigating",
  completed: "resolved",
});
const impact = word({
  none: "none",
  minor: "minor",
  major: "major",
  critical: "critical",
  maintenance: "maintenance",
});

/** What one relayed notice says, as it is to be announced. */
interface Notice {
  /** What makes it the same notice as one before. */
  identity: readonly string[];
  title: string;
  product: string;
  said: string;
  status: string;
  impact?: string | undefined;
  components: readonly string[];
  url?: string | undefined;
  /** When it was said, where the sender tells. */
  at?: string | undefined;
  startedAt?: string | undefined;
  resolvedAt?: string | undefined;
  /** When it has become history, which nobody announces; undefined when it is news in any case. */
  newsUntil?: string | undefined;
}

const name = z.union([z.string(), z.object({ name: z.string() }).transform((named) => named.name)]);
const Name = optional(name.transform((said) => text.parse(said)));

/** What a sender may add to an incident, in either of the two envelopes that have one. */
const added = {
  id: optional(id),
  status: optional(text),
  impact: optional(text),
  url: optional(text),
  shortlink: optional(text),
  created_at: Sent,
  started_at: Sent,
  updated_at: Sent,
  resolved_at: Sent,
  timestamp: Sent,
};
type Added = z.infer<z.ZodObject<typeof added>>;

const Titled = z
  .object({
    incident_type: Name,
    timestamp: Sent,
    incident: optional(
      z.object({ ...added, title: optional(text), message: optional(text), components: list(name) }),
    ),
  })
  .transform(({ incident_type = "unknown", incident, timestamp }): Notice[] => {
    const { title = "OpenAI", status = "unknown" } = incident ?? {};
    const components = incident?.components.entries ?? [];
    const [first, ...others] = components;
    const several = `OpenAI (${components.length} components affected)`;
    const product = first === undefined ? title : others.length ? several : `OpenAI ${first}`;
    const message = incident?.message ?? incident?.title ?? "No details.";
    const said = `[${incident_type.toUpperCase()}] (${inWords(status)}) ${message}`;
    const facts = addedFacts({ timestamp, ...incident });
    return [{ identity: [title, ...components], title, product, said, status, components, ...facts }];
  });

const Paged = z
  .object({
    page: Name,
    component: Name,
    timestamp: Sent,
    incident: optional(z.object({ ...added, name: optional(text), body: optional(text) })),
  })
  .transform(({ page = "Unknown Page", component = "Unknown Component", incident, timestamp }): Notice[] => {
    const said = incident?.body ?? incident?.name ?? "No status message provided.";
    const title = incident?.name ?? said;
    const product = `${page} ${component}`;
    const identity = [page, component, incident?.name ?? ""];
    const status = incident?.status ?? "unknown";
    const facts = addedFacts({ timestamp, ...incident });
    return [{ identity, title, product, said, status, components: [component], ...facts }];
  });

// Its creation is not when the notice was sent, which may be about its end.
function addedFacts(incident: Partial<Added>): Partial<Notice> {
  const { status = "", resolved_at: resolvedAt } = incident;
  const isOver = incidentStatus(status) === "resolved";
  return defined({
    // Apart from the page's own incident of that id: a notice goes by when it came in, the page by its own clock.
    identity: incident.id === undefined ? undefined : ["notice", incident.id],
    impact: incident.impact,
    url: incident.url ?? incident.shortlink,
    at: incident.updated_at ?? incident.timestamp ?? (isOver ? resolvedAt : undefined),
    startedAt: incident.started_at ?? incident.created_at,
    resolvedAt: isOver ? resolvedAt : undefined,
  });
}

const Event = z.object({
  messageId: optional(id),
  statusType: optional(text),
  eventStatus: optional(text),
  usersAffected: optional(text),
  message: optional(text),
  epochStartDate: optional(epoch),
  epochEndDate: optional(epoch),
  datePosted: optional(z.string().transform(appleTime)),
});
type Event = z.infer<typeof Event>;

const Service = z.object({ serviceName: z.string().trim().min(1), events: list(Event) });

const Services = z
  .object({ provider: z.string(), data: z.object({ services: list(Service).refine(isReadable, "no service") }) })
  .transform(({ provider, data: { services } }): Notice[] =>
    services.entries.flatMap(({ serviceName: service, events: { entries, whole } }) =>
      worthTelling(entries, whole).map((event) => noticeOf(event, { provider, service })),
    ),
  );

// A service is one notice: of what is open, else of the newest. Messages with ids are notices of their own, so that one
// may end while another is open.
function worthTelling(events: readonly Event[], whole: boolean): (Event & Pick<Notice, "newsUntil">)[] {
  const first = events.find((event) => !isOver(event)) ?? (whole ? events[0] : undefined);
  return events
    .filter((event) => event === first || event.messageId !== undefined)
    .map((event) =>
      event === first || !isOver(event) ? event : { ...event, newsUntil: dayAfter(event.epochEndDate) },
    );
}

function dayAfter(time: string | undefined): string {
  return time === undefined ? "" : new Date(Date.parse(time) + 24 * 60 * 60 * 1000).toISOString();
}

function noticeOf(
  event: Event & Pick<Notice, "newsUntil">,
  { provider, service }: { provider: string; service: string },
): Notice {
  const { messageId, statusType: type = "unknown", eventStatus: status = "unknown" } = event;
  const details = event.usersAffected ?? event.message ?? "No details.";
  return {
    identity: [provider, service, ...(messageId === undefined ? [] : [messageId])],
    title: `${service}: ${type}`,
    product: `${inWords(provider)} ${service}`,
    said: `[${type.toUpperCase()}] (${inWords(status)}) ${details}`,
    status,
    components: [service],
    at: event.datePosted,
    newsUntil: event.newsUntil,
    startedAt: event.epochStartDate,
    // The end of what is open is a plan.
    resolvedAt: isOver(event) ? event.epochEndDate : undefined,
  };
}

function isOver({ eventStatus = "" }: Event): boolean {
  return incidentStatus(eventStatus) === "resolved";
}

const Nothing = z.never(
  "none of the envelopes: an incident with a title, one with a page, or a provider's services",
);

const shapes = { titled: Titled, paged: Paged, services: Services };

/**
 * The three envelopes of the Python predecessor's producers. They need no ids and no times: each says what to announce,
 * now. Ids, times and anything else that a producer adds are taken where they are understood.
 */
export const envelope: Format = {
  ways: [],
  adapt(payload, told) {
    const kind = nearestEnvelope(payload);
    const notices = parsePayload(kind ? shapes[kind] : Nothing, payload).filter(
      ({ newsUntil }) => newsUntil === undefined || told.at < newsUntil,
    );
    return { page: {}, ...silent, incidents: notices.map((notice) => incident(notice, told)) };
  },
};

function incident(notice: Notice, told: Told): Incident {
  const status = incidentStatus(notice.status);
  const { at = told.at, startedAt, resolvedAt, url } = notice;
  return {
    id: identity(...notice.identity),
    title: notice.title,
    product: notice.product,
    status,
    ...(plainWord(notice.status) === "unknown" ? {} : raw(status, notice.status)),
    impact: impact(notice.impact ?? ""),
    unlisted: true,
    updatedAt: at,
    ...defined({ startedAt, resolvedAt, url }),
    components: notice.components.map((name) => ({ name })),
    updates: [{ id: identity(notice.said), status, body: notice.said, at }],
  } satisfies Snapshot["incidents"][number];
}
