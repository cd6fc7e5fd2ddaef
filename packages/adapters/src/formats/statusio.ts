import type { Component, Incident, Maintenance, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  has,
  history,
  id,
  identity,
  isReadable,
  list,
  optional,
  parsePayload,
  raw,
  requiredList,
  section,
  text,
  time,
} from "../payload.ts";
import { Affected, Code, componentStatus, impact, incidentStatus } from "./statusio-parts.ts";
import { Push } from "./statusio-webhook.ts";

const PlacePart = z.object({
  id,
  name: z.string().trim(),
  status: z.string(),
  status_code: Code,
  updated: optional(time),
});
type PlacePart = z.infer<typeof PlacePart>;
const ComponentPart = PlacePart.extend({ containers: list(PlacePart) });
type ComponentPart = z.infer<typeof ComponentPart>;

const MessagePart = z
  .object({
    _id: optional(id),
    details: optional(text),
    state: optional(Code),
    status: optional(Code),
    datetime: time,
  })
  .transform(({ _id, details = "", state = "", status = "", datetime: at }) => {
    const ours = incidentStatus(state);
    return {
      update: { id: _id ?? identity(at), status: ours === "unknown" ? state : ours, body: details, at },
      status,
    };
  });

const AffairPart = z.object({
  _id: id,
  name: z.string().trim(),
  datetime_open: optional(time),
  datetime_planned_start: optional(time),
  datetime_planned_end: optional(time),
  messages: list(MessagePart),
  components_affected: list(Affected),
});
type AffairPart = z.infer<typeof AffairPart>;

// What is over leaves the lists.
const Poll = z
  .object({
    result: z.object({
      status_overall: z.object({ status_code: Code }),
      status: requiredList(ComponentPart).refine(isReadable, "nothing in it could be read"),
      incidents: section(AffairPart),
      maintenance: optional(z.object({ active: section(AffairPart), upcoming: section(AffairPart) })),
    }),
  })
  .transform(({ result: { status_overall, status: parts, incidents, maintenance: planned } }): Snapshot => {
    const isWhole = coverage(planned?.active) === "full" && coverage(planned?.upcoming) === "full";
    return {
      page: { indicator: impact(status_overall.status_code) },
      coverage: {
        components: coverage({
          ...parts,
          whole: parts.whole && parts.entries.every((part) => part.containers.whole),
        }),
        incidents: coverage(incidents),
        maintenances: isWhole ? "full" : "partial",
      },
      components: parts.entries.flatMap(components),
      incidents: incidents?.entries.map(incident) ?? [],
      maintenances: [
        ...(planned?.active?.entries.map((part) => maintenance(part, "in_progress")) ?? []),
        ...(planned?.upcoming?.entries.map((part) => maintenance(part, "scheduled")) ?? []),
      ],
    };
  });

/** Status.io, polled or pushed. https://kb.status.io/developers/public-status-api and /notifications/webhook. */
export const statusio: Format = {
  ways: [[apiOf]],
  adapt: (payload) => parsePayload(has(payload, "message_id") ? Push : Poll, payload),
};

// The page's id can't be made of its host: the page is given as https://status.acme.com/pages/<id>, or as the API's own URL.
function apiOf(page: URL): URL {
  const pageId = /[0-9a-f]{24}/i.exec(page.pathname)?.[0];
  return pageId ? new URL(`/1.0/status/${pageId}`, "https://api.status.io") : page;
}

// A component in several places has a state in each; its own is derived from theirs.
function components(part: ComponentPart): Component[] {
  const places = part.containers.entries;
  if (places.length < 2) return [component(part)];
  return places.map((place) => ({
    ...component({ ...place, id: `${part.id}-${place.id}`, name: `${part.name} (${place.name})` }),
    group: part.name,
  }));
}

function component({ id, name, status: theirs, status_code, updated: updatedAt }: PlacePart): Component {
  const status = componentStatus(status_code);
  return { id, name, status, ...raw(status, theirs), ...defined({ updatedAt }) };
}

function incident(part: AffairPart): Incident {
  const common = affair(part);
  const theirs = common.updates.at(-1)?.status ?? "";
  const status = incidentStatus(theirs);
  const worst =
    part.messages.entries
      .map(({ status }) => status)
      .toSorted()
      .at(-1) ?? "";
  return {
    ...common,
    status,
    ...(theirs ? raw(status, theirs) : {}),
    impact: impact(worst),
    ...defined({ startedAt: part.datetime_open }),
  };
}

function maintenance(part: AffairPart, status: Maintenance["status"]): Maintenance {
  const { datetime_planned_start: scheduledFor, datetime_planned_end: scheduledUntil } = part;
  const { updates, ...common } = affair(part);
  // The states of its messages are those of incidents by number only; the list it stands in tells.
  const said = updates.map((update): Update => ({ ...update, status: "" }));
  return { ...common, updates: said, status, impact: "maintenance", ...defined({ scheduledFor, scheduledUntil }) };
}

function affair({ _id, name, messages, components_affected }: AffairPart) {
  const updates = history(messages.entries.map(({ update }) => update));
  const updatedAt = updates.at(-1)?.at;
  return { id: _id, title: name, components: components_affected.entries, updates, ...defined({ updatedAt }) };
}
