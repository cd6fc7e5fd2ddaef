import type { Incident, IncidentStatus, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  history,
  id,
  isReadable,
  list,
  optional,
  parsePayload,
  raw,
  requiredList,
  silent,
  text,
  time,
  word,
} from "../payload.ts";

const incidentStatus = word({ open: "investigating", resolved: "resolved", withReport: "postmortem" });
const updateStatus = word({ investigation: "investigating", resolved: "resolved" });
const impact = word({ Minor: "minor", Unavailable: "major" });

const Comment = z
  .object({ id, type: z.string(), content: text, createdAt: time })
  .transform(({ id, type, content = "", createdAt: at }): Update => {
    const status = updateStatus(type);
    return { id, status: status === "unknown" ? type : status, body: content, at };
  });

const IncidentPart = z.object({
  id,
  title: z.string().trim(),
  status: z.string(),
  startDate: optional(time),
  endDate: optional(time),
  updatedAt: optional(time),
  level: optional(z.object({ label: z.string() })),
  services: optional(list(z.object({ id, name: z.string() }))),
  comments: list(Comment),
  report: optional(text),
  isReportPublished: optional(z.boolean()),
  reportPublishedTime: optional(time),
});
type IncidentPart = z.infer<typeof IncidentPart>;

/** The post-mortem, once it is published, as the last thing that is said. */
function reportOf({ report, isReportPublished, reportPublishedTime, updatedAt }: IncidentPart): Update[] {
  const at = reportPublishedTime ?? updatedAt;
  if (!isReportPublished || report === undefined || at === undefined) return [];
  return [{ id: "report", status: "postmortem", body: report, at }];
}

// One may stay `open` though its newest comment closes it.
function statusOf(part: IncidentPart, updates: readonly Update[]): IncidentStatus {
  const newest = updates.at(-1)?.status;
  return newest === "postmortem" || newest === "resolved" ? newest : incidentStatus(part.status);
}

function incident(part: IncidentPart): Incident {
  const { id, title, startDate: startedAt, updatedAt, level, services } = part;
  const updates = history([...part.comments.entries.toReversed(), ...reportOf(part)]);
  const status = statusOf(part, updates);
  const isOver = status === "resolved" || status === "postmortem";
  return {
    id,
    title,
    status,
    ...raw(status, part.status),
    impact: impact(level?.label ?? ""),
    url: `https://status.yandex.cloud/en/incidents/${encodeURIComponent(id)}`,
    components: services?.entries ?? [],
    updates,
    ...defined({ startedAt, updatedAt, resolvedAt: isOver ? part.endDate : undefined }),
  };
}

// `count` is of all that match what was asked for; the list holds the newest twenty of them.
const Incidents = z
  .object({
    items: requiredList(IncidentPart).refine(isReadable, "nothing in it could be read"),
    count: optional(z.int()),
  })
  .transform(({ items, count }): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, incidents: count === items.entries.length ? coverage(items) : "partial" },
    incidents: items.entries.map(incident),
  }));

const One = IncidentPart.transform((part): Snapshot => ({ ...silent, page: {}, incidents: [incident(part)] }));

/** Yandex Cloud: first what is open, then the newest, for the words that close one. */
export const yandex: Format = {
  ways: [["/api/incidents?lang=en&installation=all&status=open", "/api/incidents?lang=en&installation=all"]],
  adapt: (payload) => parsePayload(z.union([Incidents, One]), payload),
  incidentUrl: (page, id) => new URL(`/api/incidents/${encodeURIComponent(id)}?lang=en`, page),
};
