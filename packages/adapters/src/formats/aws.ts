import type { Incident, Snapshot } from "@statuswire/status";
import { z } from "zod";
import { epochSeconds } from "../dates.ts";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  has,
  history,
  id,
  isReadable,
  list,
  numbered,
  optional,
  parsePayload,
  raw,
  requiredList,
  silent,
  text,
} from "../payload.ts";
import { xmlOrJson } from "../xml.ts";
import { Legacy } from "./aws-legacy.ts";
import { code, component, componentsOf, incidentStatus, type Service, worstImpact } from "./aws-parts.ts";
import { Rss } from "./aws-rss.ts";

const LogPart = z.object({ message: text, summary: text, status: code, timestamp: epochSeconds });

const ImpactedPart = z.object({ service_name: z.string(), current: code });

const EventPart = z.object({
  arn: id,
  date: epochSeconds,
  status: code,
  service: optional(id),
  service_name: optional(text),
  region_name: optional(text),
  summary: z.string(),
  event_log: list(LogPart),
  impacted_services: optional(z.record(z.string(), z.unknown())),
});
type EventPart = z.infer<typeof EventPart>;

function inRegion(name: string, region: string | undefined): string {
  return region === undefined ? name : `${name} (${region})`;
}

/** The services that an event impacts: those it lists, else the one it is about. */
function servicesOf({ impacted_services, service, service_name, region_name, status }: EventPart): Service[] {
  const listed = Object.entries(impacted_services ?? {}).flatMap(([id, candidate]) => {
    const { data } = ImpactedPart.safeParse(candidate);
    return data ? [{ id, name: inRegion(data.service_name, region_name), code: data.current }] : [];
  });
  if (listed.length || service === undefined) return listed.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return [{ id: service, name: inRegion(service_name ?? service, region_name), code: status }];
}

// An event that is open impacts something; if nothing that we can read, then not all of it could be read.
function saysWhatItImpacts(event: EventPart): boolean {
  const listed = Object.values(event.impacted_services ?? {});
  const isWhole = listed.every((candidate) => ImpactedPart.safeParse(candidate).success);
  return isWhole && (event.status === "0" || servicesOf(event).some(({ code }) => code !== "0"));
}

function incident(event: EventPart): Incident {
  const { arn, date: startedAt, summary, event_log } = event;
  const status = incidentStatus(event.status);
  const updates = history(
    numbered(
      event_log.entries.map(({ timestamp: at, message, summary, status }) => {
        return { at, status: incidentStatus(status), body: message ?? summary ?? "" };
      }),
    ),
  );
  const updatedAt = updates.at(-1)?.at;
  return {
    id: arn,
    title: inRegion(summary.trim(), event.region_name),
    status,
    ...raw(status, event.status),
    impact: worstImpact([event.status, ...event_log.entries.map(({ status }) => status)]),
    startedAt,
    components: servicesOf(event).map((service) => component(service)),
    updates,
    ...defined({ updatedAt, resolvedAt: status === "resolved" ? updatedAt : undefined }),
  };
}

// Events are regional: what is open in one says nothing of the rest, so the states are those of services in regions.
const Current = requiredList(EventPart)
  .refine(isReadable, "nothing in it could be read")
  .transform((events): Snapshot => {
    const isWhole = events.whole && events.entries.every(saysWhatItImpacts);
    const components = componentsOf(events.entries.flatMap(servicesOf));
    return {
      ...silent,
      page: {},
      coverage: { ...silent.coverage, components: isWhole ? "full" : "partial", incidents: coverage(events) },
      // What one event calls well, one that we could not read may impact.
      components: components.filter(({ status }) => isWhole || status !== "operational"),
      incidents: events.entries.map(incident),
    };
  });

/** Amazon Web Services' public dashboard (UTF-16), its former data.json and its feeds. */
export const aws: Format = {
  ways: [["/public/currentevents"], ["/data.json"], ["/rss/all.rss"]],
  read: xmlOrJson,
  adapt: (payload) => parsePayload(shapeOf(payload), payload),
};

function shapeOf(payload: unknown): z.ZodType<Snapshot> {
  if (has(payload, "rss")) return Rss;
  return has(payload, "current") ? Legacy : Current;
}
