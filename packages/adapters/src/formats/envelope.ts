import { type Incident, inWords, type Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import { has, identity, isReadable, list, optional, parsePayload, raw, silent, text, word } from "../payload.ts";

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
}

const name = z.union([z.string(), z.object({ name: z.string() }).transform((named) => named.name)]);
const Name = optional(name.transform((said) => text.parse(said)));

const Titled = z
  .object({
    incident_type: Name,
    incident: optional(
      z.object({
        title: optional(text),
        status: optional(text),
        impact: optional(text),
        message: optional(text),
        components: list(name),
      }),
    ),
  })
  .transform(({ incident_type = "unknown", incident }): Notice[] => {
    const { title = "OpenAI", status = "unknown", impact } = incident ?? {};
    const components = incident?.components.entries ?? [];
    const [first, ...others] = components;
    const several = `OpenAI (${components.length} components affected)`;
    const product = first === undefined ? title : others.length ? several : `OpenAI ${first}`;
    const message = incident?.message ?? incident?.title ?? "No details.";
    const said = `[${incident_type.toUpperCase()}] (${inWords(status)}) ${message}`;
    return [{ identity: [title, ...components], title, product, said, status, impact, components }];
  });

const Paged = z
  .object({
    page: Name,
    component: Name,
    incident: optional(z.object({ name: optional(text), body: optional(text) })),
  })
  .transform(({ page = "Unknown Page", component = "Unknown Component", incident }): Notice[] => {
    const said = incident?.body ?? incident?.name ?? "No status message provided.";
    const title = incident?.name ?? said;
    const product = `${page} ${component}`;
    const identity = [page, component, incident?.name ?? ""];
    return [{ identity, title, product, said, status: "unknown", components: [component] }];
  });

const Service = z.object({
  serviceName: z.string().trim().min(1),
  events: list(
    z.object({ statusType: optional(text), eventStatus: optional(text), usersAffected: optional(text) }),
  ),
});

const Services = z
  .object({ provider: z.string(), data: z.object({ services: list(Service).refine(isReadable, "no service") }) })
  .transform(({ provider, data: { services } }): Notice[] =>
    services.entries.flatMap(({ serviceName, events: { entries, whole } }) => {
      const isOver = ({ eventStatus = "" }) => incidentStatus(eventStatus) === "resolved";
      const event = entries.find((candidate) => !isOver(candidate)) ?? (whole ? entries[0] : undefined);
      if (event === undefined) return [];
      const {
        statusType: type = "unknown",
        eventStatus: status = "unknown",
        usersAffected = "No details.",
      } = event;
      const said = `[${type.toUpperCase()}] (${inWords(status)}) ${usersAffected}`;
      const product = `${inWords(provider)} ${serviceName}`;
      const identity = [provider, serviceName];
      return [{ identity, title: `${serviceName}: ${type}`, product, said, status, components: [serviceName] }];
    }),
  );

const Nothing = z.never(
  "none of the envelopes: an incident with a title, one with a page, or a provider's services",
);

/** The three envelopes of the ancestor's producers. They carry no ids and no times: each says what to announce, now. */
export const envelope: Format = {
  ways: [],
  adapt: (payload, told) => ({
    page: {},
    ...silent,
    incidents: parsePayload(shapeOf(payload), payload).map((notice) => incident(notice, told)),
  }),
};

function incident(notice: Notice, { at }: Told): Incident {
  const status = incidentStatus(notice.status);
  return {
    id: identity(...notice.identity),
    title: notice.title,
    product: notice.product,
    status,
    ...(notice.status === "unknown" ? {} : raw(status, notice.status)),
    impact: impact(notice.impact ?? ""),
    unlisted: true,
    updatedAt: at,
    components: notice.components.map((name) => ({ name })),
    updates: [{ id: identity(notice.said), status, body: notice.said, at }],
  } satisfies Snapshot["incidents"][number];
}

function shapeOf(payload: unknown): z.ZodType<Notice[]> {
  if (isPlatform(payload)) return Nothing;
  if (has(payload, "provider") && has(payload, "data")) return Services;
  const incident = has(payload, "incident") ? payload.incident : undefined;
  if (has(payload, "incident_type") || has(incident, "title") || has(incident, "message")) return Titled;
  return ["page", "component", "incident"].some((key) => has(payload, key)) ? Paged : Nothing;
}

// A status page's own push or poll has ids, and lists.
function isPlatform(payload: unknown): boolean {
  const parts = ["page", "component", "incident"].map((key) => (has(payload, key) ? payload[key] : undefined));
  return (
    parts.some((part) => has(part, "id") || has(part, "incident_updates")) ||
    ["meta", "component_update", "components", "incidents", "status"].some((key) => has(payload, key))
  );
}
