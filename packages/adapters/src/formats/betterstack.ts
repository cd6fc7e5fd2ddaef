import type { AffectedComponent, Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import {
  coverage,
  defined,
  has,
  history,
  id,
  list,
  type Listed,
  optional,
  parsePayload,
  raw,
  text,
  time,
  word,
} from "../payload.ts";
import { stateAt } from "../window.ts";
import { pushed } from "./betterstack-webhook.ts";
import { componentStatus, indicator } from "./betterstack-words.ts";

// A report is said to be over, or how bad it is: never how far they are with it.
const incidentStatus = word({
  resolved: "resolved",
  degraded: "investigating",
  downtime: "investigating",
  operational: "investigating",
});
const impact = word({ operational: "none", degraded: "minor", downtime: "major", maintenance: "maintenance" });

const Affected = z.object({ status_page_resource_id: id, status: z.string() });

const SectionPart = z.object({
  type: z.literal("status_page_section"),
  id,
  attributes: z.object({ name: z.string().trim() }),
});
const ResourcePart = z.object({
  type: z.literal("status_page_resource"),
  id,
  attributes: z.object({
    public_name: z.string().trim(),
    status: z.string(),
    status_page_section_id: optional(id),
  }),
});
const ReportPart = z.object({
  type: z.literal("status_report"),
  id,
  attributes: z.object({
    title: z.string().trim(),
    report_type: optional(z.string()),
    starts_at: optional(time),
    ends_at: optional(time),
    aggregate_state: z.string(),
    affected_resources: list(Affected),
  }),
  relationships: optional(
    z.object({ status_updates: z.object({ data: list(z.object({ id })) }).transform(({ data }) => data.entries) }),
  ),
});
const UpdatePart = z.object({
  type: z.literal("status_update"),
  id,
  attributes: z.object({ message: optional(text), published_at: time, affected_resources: list(Affected) }),
});
type ResourcePart = z.infer<typeof ResourcePart>;
type ReportPart = z.infer<typeof ReportPart>;
type UpdatePart = z.infer<typeof UpdatePart>;

const Typed = z
  .object({ type: z.enum(["status_page_section", "status_page_resource", "status_report", "status_update"]) })
  .loose();

/** What a page includes besides itself, by its id. */
interface Book {
  sections: ReadonlyMap<string, string>;
  resources: ReadonlyMap<string, string>;
  updates: ReadonlyMap<string, UpdatePart>;
  at: string;
}

const Page = z.object({
  data: z.object({
    id,
    attributes: z.object({ company_name: optional(text), aggregate_state: z.string() }),
  }),
  included: list(Typed),
});

/** Better Stack (formerly Better Uptime), polled or pushed. https://betterstack.com/docs/uptime/status-pages */
export const betterstack: Format = {
  ways: [["/index.json"]],
  adapt: (payload, told) => (has(payload, "event_type") ? pushed(payload, told) : poll(payload, told)),
};

function poll(payload: unknown, { at }: Told): Snapshot {
  const { data, included } = parsePayload(Page, payload);
  const of = <Output>(type: string, part: z.ZodType<Output>): Listed<Output> =>
    list(part).parse(included.entries.filter((entry) => entry.type === type));
  const resources = of("status_page_resource", ResourcePart);
  const reports = of("status_report", ReportPart);
  const book: Book = {
    sections: new Map(
      of("status_page_section", SectionPart).entries.map(({ id, attributes }) => [id, attributes.name]),
    ),
    resources: new Map(resources.entries.map(({ id, attributes }) => [id, attributes.public_name])),
    updates: new Map(of("status_update", UpdatePart).entries.map((update) => [update.id, update])),
    at,
  };
  const isMaintenance = ({ attributes }: ReportPart) => attributes.report_type === "maintenance";
  const whole = (listed: Listed<unknown>) => coverage({ ...listed, whole: listed.whole && included.whole });
  const { company_name: name, aggregate_state } = data.attributes;
  return {
    page: { ...defined({ id: data.id, name }), indicator: indicator(aggregate_state) },
    coverage: { components: whole(resources), incidents: whole(reports), maintenances: whole(reports) },
    components: resources.entries.map((part) => component(part, book)),
    incidents: reports.entries.filter((part) => !isMaintenance(part)).map((part) => incident(part, book)),
    maintenances: reports.entries.filter(isMaintenance).map((part) => maintenance(part, book)),
  };
}

function component({ id, attributes }: ResourcePart, { sections }: Book): Component {
  const { public_name: name, status: theirs, status_page_section_id: section = "" } = attributes;
  const status = componentStatus(theirs);
  return { id, name, status, ...raw(status, theirs), ...defined({ group: sections.get(section) }) };
}

// `ends_at` stays null on resolved reports; only the state tells.
function incident(part: ReportPart, book: Book): Incident {
  const { aggregate_state: theirs, starts_at: startedAt, ends_at } = part.attributes;
  const status = incidentStatus(theirs);
  const common = affair(part, book);
  const resolvedAt = status === "resolved" ? ends_at : undefined;
  return {
    ...common,
    status,
    ...raw(status, theirs),
    impact: impact(theirs),
    ...defined({ startedAt, resolvedAt }),
  };
}

function maintenance(part: ReportPart, book: Book): Maintenance {
  const { aggregate_state, starts_at: from, ends_at: until } = part.attributes;
  const isOver = aggregate_state === "resolved";
  const status = isOver ? "completed" : from ? stateAt({ from, until }, book.at) : "unknown";
  return {
    ...affair(part, book),
    status,
    ...raw(status, aggregate_state),
    impact: "maintenance",
    ...defined({ scheduledFor: from, scheduledUntil: until }),
  };
}

function affair({ id, attributes: { title, affected_resources }, relationships }: ReportPart, book: Book) {
  const said = (relationships?.status_updates ?? []).flatMap(({ id }) => book.updates.get(id) ?? []);
  const updates = history(
    said.map(({ id, attributes: { message = "", published_at: at, affected_resources } }): Update => ({
      id,
      // An update has no state of its own; it says how those that it affects are.
      status: affected_resources.entries.at(0)?.status ?? "",
      body: message,
      at,
    })),
  );
  const components = affected_resources.entries.flatMap(
    ({ status_page_resource_id: id, status }): AffectedComponent[] => {
      const name = book.resources.get(id);
      return name === undefined ? [] : [{ id, name, status: componentStatus(status) }];
    },
  );
  return { id, title, components, updates, ...defined({ updatedAt: updates.at(-1)?.at }) };
}
