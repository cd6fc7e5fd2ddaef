import type { Incident, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  history,
  id,
  identity,
  isReadable,
  list,
  optional,
  parsePayload,
  requiredList,
  silent,
  text,
  time,
  word,
} from "../payload.ts";

const impact = word({
  AVAILABLE: "none",
  SERVICE_INFORMATION: "minor",
  SERVICE_DISRUPTION: "major",
  SERVICE_OUTAGE: "critical",
});

const UpdatePart = z
  .object({ when: time, created: optional(time), status: z.string(), text })
  .transform(({ when, created = when, status, text: body = "" }): Update => {
    return { id: identity(created, status), status, body, at: when };
  });

const Product = z.object({ id, title: z.string(), current_title: optional(text) });

const IncidentPart = z.object({
  id,
  begin: time,
  end: time.nullish(),
  modified: optional(time),
  external_desc: z.string(),
  status_impact: optional(z.string()),
  service_name: optional(text),
  affected_products: optional(list(Product)),
  updates: list(UpdatePart),
  most_recent_update: optional(UpdatePart),
  uri: optional(z.string().regex(/^incidents\/[A-Za-z0-9]+$/)),
});
type IncidentPart = z.infer<typeof IncidentPart>;

// Updates go on after the end (the post-incident report, nine days later), and one stamped after it
// may still say SERVICE_DISRUPTION: only `end` tells whether it is over.
function incident(part: IncidentPart, page?: string): Incident {
  const { id, begin: startedAt, end, modified: updatedAt, uri } = part;
  const updates = history([
    ...part.updates.entries,
    ...(part.most_recent_update ? [part.most_recent_update] : []),
  ]);
  const products = part.affected_products?.entries ?? [];
  return {
    id,
    title: titleOf(part.external_desc),
    status: end ? "resolved" : "investigating",
    impact: impact(part.status_impact ?? ""),
    startedAt,
    components: products.map(({ id, title, current_title }) => ({ id, name: current_title ?? title })),
    updates,
    ...defined({ resolvedAt: end ?? undefined, updatedAt, url: page && uri && page + uri }),
  };
}

// Workspace puts its title under a heading, in Markdown with more below it.
function titleOf(description: string): string {
  const titled = /^\s*\*\*Title:?\*\*:?\s*(\S[^\n]*)/.exec(description)?.[1];
  return (titled ?? description.trim().split("\n", 1)[0] ?? "").trim();
}

interface Dashboard {
  endpoint: string;
  /** What incidents' links are relative to; absent where it is not always the same. */
  page?: string;
}

function dashboard({ endpoint, page }: Dashboard): Format {
  const Incidents = requiredList(IncidentPart)
    .refine(isReadable, "nothing in it could be read")
    .transform((listed): Snapshot => ({
      ...silent,
      page: defined({ url: page }),
      coverage: { ...silent.coverage, incidents: coverage(listed) },
      incidents: listed.entries.map((part) => incident(part, page)),
    }));
  return { ways: [[endpoint]], adapt: (payload) => parsePayload(Incidents, payload) };
}

/** Google Cloud. https://status.cloud.google.com/incidents.schema.json */
export const gcp = dashboard({ endpoint: "/incidents.json", page: "https://status.cloud.google.com/" });

/** Google Workspace: the same shape, under a path of www.google.com. */
export const googleWorkspace = dashboard({
  endpoint: "/appsstatus/dashboard/incidents.json",
  page: "https://www.google.com/appsstatus/dashboard/",
});

/** Google's other dashboards (Firebase, Search, Ads), each on a host of its own. */
export const google = dashboard({ endpoint: "/incidents.json" });
