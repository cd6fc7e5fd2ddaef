import type { Component, Incident, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { utcTime } from "../iso.ts";
import {
  coverage,
  defined,
  has,
  id,
  isReadable,
  list,
  optional,
  parsePayload,
  raw,
  requiredList,
  silent,
  text,
  word,
} from "../payload.ts";

const impact = word({ ok: "none", notice: "minor", disrupted: "major", down: "critical" });
// A notice says that something is to be read, not how well a system works.
const componentStatus = word({ ok: "operational", disrupted: "partial_outage", down: "major_outage" });

const Flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((said) => said === "true")]);

// Times are as Go prints them: `2020-05-01 12:00:00 +0000 UTC`.
const IssuePart = z
  .object({
    filename: id,
    title: z.string().trim(),
    severity: optional(z.string()),
    resolved: Flag,
    informational: optional(Flag),
    createdAt: optional(utcTime),
    created_at: optional(utcTime),
    lastMod: optional(utcTime),
    resolvedAt: optional(utcTime),
    resolved_at: optional(utcTime),
    permalink: optional(text),
    affected: list(z.string().trim()),
    body: optional(text),
  })
  .transform(({ created_at, resolved_at, ...part }) => {
    return {
      ...part,
      ...defined({ createdAt: part.createdAt ?? created_at, resolvedAt: part.resolvedAt ?? resolved_at }),
    };
  });
type IssuePart = z.infer<typeof IssuePart>;

// Systems have no ids; a name is all that issues call them by too.
const SystemPart = z.object({
  name: z.string().trim().min(1),
  category: optional(text),
  status: z.string(),
  unresolvedIssues: list(IssuePart),
});
type SystemPart = z.infer<typeof SystemPart>;

const Index = z
  .object({
    title: optional(text),
    baseURL: optional(text),
    summaryStatus: z.string(),
    systems: requiredList(SystemPart).refine(isReadable, "nothing in it could be read"),
  })
  .transform(({ title: name, baseURL: url, summaryStatus, systems }): Snapshot => {
    // An issue stands under each system that it affects.
    const issues = new Map(
      systems.entries.flatMap((part) => part.unresolvedIssues.entries.map((issue) => [issue.filename, issue])),
    );
    const isWhole = systems.whole && systems.entries.every(({ unresolvedIssues }) => unresolvedIssues.whole);
    return {
      page: { ...defined({ name, url }), indicator: impact(summaryStatus) },
      coverage: { ...silent.coverage, components: coverage(systems), incidents: isWhole ? "full" : "partial" },
      components: systems.entries.map(component),
      incidents: [...issues.values()].filter(({ informational }) => !informational).map(incident),
      maintenances: [],
    };
  });

const One = IssuePart.transform((part): Snapshot => ({ ...silent, page: {}, incidents: [incident(part)] }));

/** cState, a static page: `index.json`, and one for each issue. cstate/cstate `layouts/`. */
export const cstate: Format = {
  ways: [["/index.json"]],
  adapt: (payload) => parsePayload(has(payload, "systems") ? Index : One, payload),
  incidentUrl: (page, id) => new URL(`/issues/${encodeURIComponent(id.replace(/\.md$/, ""))}/index.json`, page),
};

function component({ name, category: group, status: theirs }: SystemPart): Component {
  const status = componentStatus(theirs);
  return { id: name, name, status, ...raw(status, theirs), ...defined({ group }) };
}

// cState knows open and resolved; how far they are with it stands in the text.
function incident(part: IssuePart): Incident {
  const { filename: id, createdAt: startedAt, lastMod, permalink: url, resolvedAt, body } = part;
  const status = part.resolved ? "resolved" : "investigating";
  const at = lastMod ?? resolvedAt ?? startedAt;
  return {
    id,
    title: part.title,
    status,
    impact: impact(part.severity ?? ""),
    components: part.affected.entries.map((name) => ({ id: name, name })),
    updates: body && at ? [{ id, status, body, at }] : [],
    ...defined({ startedAt, resolvedAt: part.resolved ? resolvedAt : undefined, updatedAt: lastMod, url }),
  };
}
