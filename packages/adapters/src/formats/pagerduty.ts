import {
  type AffectedComponent,
  type Component,
  type Incident,
  PayloadError,
  type Snapshot,
} from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  byTime,
  coverage,
  defined,
  history,
  id,
  list,
  type Listed,
  optional,
  parsePayload,
  raw,
  requiredList,
  section,
  silent,
  text,
  time,
  word,
} from "../payload.ts";
import { json } from "../read.ts";

// Every page defines its own words; these are what it starts with.
const incidentStatus = word({ detected: "investigating", investigating: "investigating", resolved: "resolved" });
const impact = word({ all_good: "none", "all good": "none", minor: "minor", major: "major" });
const componentStatus = word({
  all_good: "operational",
  "all good": "operational",
  operational: "operational",
  minor: "degraded_performance",
  major: "major_outage",
  "partial outage": "partial_outage",
  outage: "major_outage",
  maintenance: "under_maintenance",
});
const bestFirst = [
  "operational",
  "under_maintenance",
  "unknown",
  "degraded_performance",
  "partial_outage",
  "major_outage",
];

const ImpactPart = z.object({ id, name: z.string().trim(), severity: z.string() });
type ImpactPart = z.infer<typeof ImpactPart>;

const UpdatePart = z
  .object({
    id,
    status: z.string(),
    severity: z.string(),
    message: optional(text),
    reported_at: time,
    impacted_business_services: requiredList(ImpactPart),
  })
  .transform(({ reported_at: at, message: body = "", impacted_business_services: impacts, ...part }) => {
    return { ...part, body, at, impacts };
  });

const IncidentPart = z.object({ id, title: z.string().trim(), updates: requiredList(UpdatePart) });
type IncidentPart = z.infer<typeof IncidentPart>;

const ServicePart = z.object({ id, name: z.string().trim(), is_active: optional(z.boolean()) });
type ServicePart = z.infer<typeof ServicePart>;

const Page = z
  .object({
    summary: z.object({
      open_incidents: requiredList(IncidentPart),
      resolved_incidents: list(IncidentPart),
      post_status_page_services: section(ServicePart),
      post_enums: list(z.object({ status_page: z.object({ id }) })),
    }),
  })
  .transform(
    ({ summary: { open_incidents: open, post_status_page_services: services, ...summary } }): Snapshot => {
      const pageId = summary.post_enums.entries.at(0)?.status_page.id;
      return {
        page: defined({ id: pageId }),
        coverage: { ...silent.coverage, components: coverage(services), incidents: coverage(open) },
        components: components(services?.entries ?? [], open),
        incidents: [...open.entries, ...summary.resolved_incidents.entries].map(incident),
        maintenances: [],
      };
    },
  );

/** PagerDuty's external status pages, by what their HTML holds. inket/stts. */
export const pagerduty: Format = {
  ways: [["/"]],
  read: (body) => json(/^\s*</.test(body) ? dataIn(body) : body),
  adapt: (payload) => parsePayload(Page, payload),
};

function dataIn(html: string): string {
  const start = html.search(/<script[^>]{0,200}\bid="data"/);
  const open = html.indexOf(">", start) + 1;
  const end = html.indexOf("</script>", open);
  if (start < 0 || end < 0) throw new PayloadError("The payload is an HTML page, and not one of PagerDuty's.");
  return html.slice(open, end);
}

// Services stand there without a state: theirs is what the newest update of an open incident says of them, and where
// none does, they work. That holds only while every update could be read, and speaks of services that are listed.
function components(services: readonly ServicePart[], open: Listed<IncidentPart>): Component[] {
  const newest = open.entries.flatMap(({ updates }) => byTime(updates.entries).slice(-1));
  const impacts = newest.flatMap((update) => update.impacts.entries);
  const listed = new Set(services.map(({ id }) => id));
  const isCertain =
    open.whole &&
    open.entries.every(({ updates }) => updates.whole && updates.entries.length) &&
    newest.every((update) => update.impacts.whole) &&
    impacts.every(({ id }) => listed.has(id));
  return services
    .filter(({ is_active = true }) => is_active)
    .map(({ id, name }) => ({
      id,
      name,
      ...stateOf(
        impacts.filter((impact) => impact.id === id),
        isCertain,
      ),
    }));
}

function stateOf(impacts: readonly ImpactPart[], isCertain: boolean): Pick<Component, "status" | "rawStatus"> {
  const rank = ({ severity }: ImpactPart) => bestFirst.indexOf(componentStatus(severity));
  const worst = impacts.toSorted((a, b) => rank(a) - rank(b)).at(-1);
  if (!worst) return { status: isCertain ? "operational" : "unknown" };
  const status = componentStatus(worst.severity);
  return status === "operational" && !isCertain
    ? { status: "unknown" }
    : { status, ...raw(status, worst.severity) };
}

function incident({ id, title, updates: { entries } }: IncidentPart): Incident {
  const said = byTime(entries);
  const newest = said.at(-1);
  const status = incidentStatus(newest?.status ?? "");
  const affected = said.findLast(({ impacts }) => impacts.entries.length)?.impacts.entries ?? [];
  return {
    id,
    title,
    status,
    ...(newest ? raw(status, newest.status) : {}),
    impact: impact(newest?.severity ?? ""),
    components: affected.map(({ id, name, severity }): AffectedComponent => {
      return { id, name, status: componentStatus(severity) };
    }),
    updates: history(said.map(({ id, status, body, at }) => ({ id, status, body, at }))),
    ...defined({
      startedAt: said.at(0)?.at,
      updatedAt: newest?.at,
      resolvedAt: status === "resolved" ? newest?.at : undefined,
    }),
  };
}
