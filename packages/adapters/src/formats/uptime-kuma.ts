import {
  type Component,
  type ComponentStatus,
  type Incident,
  type Maintenance,
  merge,
  type Snapshot,
} from "@statuswire/status";
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
  type Listed,
  optional,
  parsePayload,
  raw,
  requiredList,
  section,
  silent,
  text,
  word,
} from "../payload.ts";

const maintenanceStatus = word({ scheduled: "scheduled", "under-maintenance": "in_progress", ended: "completed" });
const componentStatus: ReadonlyMap<number, ComponentStatus> = new Map([
  [0, "major_outage"],
  [1, "operational"],
  [3, "under_maintenance"],
]);
const pending = 2;

const MonitorPart = z.object({ id, name: z.string().trim() });
const GroupPart = z.object({ name: optional(text), monitorList: requiredList(MonitorPart) });

// Stored in UTC and given without an offset.
const IncidentPart = z.object({
  id,
  title: z.string().trim(),
  content: optional(text),
  active: optional(z.boolean()),
  pin: optional(z.union([z.boolean(), z.number().transform(Boolean)])),
  createdDate: optional(utcTime),
  lastUpdatedDate: optional(utcTime),
});
type IncidentPart = z.infer<typeof IncidentPart>;

const MaintenancePart = z.object({
  id,
  title: z.string().trim(),
  status: z.string(),
  timezoneOffset: optional(z.string().regex(/^[+-]\d\d:\d\d$/)),
  timeslotList: list(z.object({ startDate: z.string().max(40), endDate: optional(z.string().max(40)) })),
});
type MaintenancePart = z.infer<typeof MaintenancePart>;

// Version 1 pins one incident, version 2 several; what is unpinned is gone.
const Page = z
  .object({
    config: z.object({ slug: optional(id), title: optional(text) }),
    incident: z.unknown().optional(),
    incidents: section(IncidentPart),
    publicGroupList: requiredList(GroupPart).refine(isReadable, "nothing in it could be read"),
    maintenanceList: section(MaintenancePart),
  })
  .transform(({ config: { slug, title: name }, incident: pinned, incidents: listed, ...said }): Snapshot => {
    const incidents = listed ?? only(pinned);
    return {
      page: defined({ id: slug, name }),
      coverage: {
        components: coverage(whole(said.publicGroupList)),
        incidents: coverage(incidents),
        maintenances: coverage(said.maintenanceList),
      },
      components: components(said.publicGroupList.entries),
      incidents: incidents.entries.map(incident),
      maintenances: (said.maintenanceList?.entries ?? []).map(maintenance),
    };
  });

const Beat = z.object({ status: z.number(), time: optional(utcTime) });

// Monitors by id, their beats oldest first; a span without any is the number 0. Names stand on the page.
const Heartbeats = z
  .object({ heartbeatList: z.record(z.string(), z.unknown()) })
  .transform(({ heartbeatList }): Snapshot => {
    const newest = (beats: unknown) => Beat.safeParse(Array.isArray(beats) ? beats.at(-1) : undefined).data;
    const heard = Object.entries(heartbeatList).map(([id, beats]) => component(id, newest(beats)));
    return { ...silent, page: {}, components: heard };
  });

/** Uptime Kuma 1 and 2. louislam/uptime-kuma `server/routers/status-page-router.js`. */
export const uptimeKuma: Format = {
  ways: [[(page) => apiOf(page, ""), (page) => apiOf(page, "heartbeat/")]],
  adapt: (payload) => {
    if (!has(payload, "heartbeatList")) return parsePayload(Page, payload);
    const heard = parsePayload(Heartbeats, payload);
    // Both answers in one, as some readers keep them.
    return has(payload, "publicGroupList") ? merge([parsePayload(Page, payload), heard]) : heard;
  },
};

function apiOf(page: URL, part: string): URL {
  const slug = /^\/status\/([^/]+)/.exec(page.pathname)?.[1] ?? "default";
  return new URL(`/api/status-page/${part}${slug}`, page);
}

type Group = z.infer<typeof GroupPart>;

function whole(groups: Listed<Group>): Listed<Group> {
  return { ...groups, whole: groups.whole && groups.entries.every(({ monitorList }) => monitorList.whole) };
}

// Null says that there is none; without the key, the page doesn't speak of incidents.
function only(incident: unknown): Listed<IncidentPart> {
  if (incident === undefined) return { entries: [], whole: false };
  return list(IncidentPart).parse(incident === null ? [] : [incident]);
}

// The page names its monitors, some in several groups; how they are, only their heartbeats tell.
function components(groups: readonly Group[]): Component[] {
  const monitors = new Map<string, Component>();
  for (const { name: group, monitorList } of groups)
    for (const { id, name } of monitorList.entries)
      if (!monitors.has(id)) monitors.set(id, { id, name, status: "unknown", ...defined({ group }) });
  return [...monitors.values()];
}

function component(id: string, beat: z.infer<typeof Beat> | undefined): Component {
  const status = componentStatus.get(beat?.status ?? pending) ?? "unknown";
  const word = beat?.status === pending ? "pending" : String(beat?.status);
  return { id, name: id, status, ...(beat ? raw(status, word) : {}), ...defined({ updatedAt: beat?.time }) };
}

// Pinned means open; nothing says how far they are with it, and its colour is only a colour.
function incident({
  id,
  title,
  content,
  active = true,
  pin = true,
  createdDate: startedAt,
  lastUpdatedDate,
}: IncidentPart): Incident {
  const isOver = !active || !pin;
  const status = isOver ? "resolved" : "investigating";
  const updatedAt = lastUpdatedDate ?? startedAt;
  return {
    id,
    title,
    status,
    impact: "unknown",
    components: [],
    updates: content && startedAt ? [{ id, status: "", body: content, at: startedAt }] : [],
    ...defined({ startedAt, resolvedAt: isOver ? lastUpdatedDate : undefined, updatedAt }),
  };
}

// Only a maintenance that happens once has a window. It is in the maintenance's own zone, whose offset stands beside it.
function maintenance({
  id,
  title,
  status: theirs,
  timezoneOffset = "",
  timeslotList,
}: MaintenancePart): Maintenance {
  const status = maintenanceStatus(theirs);
  const [slot] = timeslotList.entries;
  const moment = (said: string | undefined) =>
    utcTime.safeParse(`${said}${timezoneOffset}`).data ?? utcTime.safeParse(said).data;
  const window = defined({ scheduledFor: moment(slot?.startDate), scheduledUntil: moment(slot?.endDate) });
  return {
    id,
    title,
    status,
    ...raw(status, theirs),
    impact: "maintenance",
    components: [],
    updates: [],
    ...window,
  };
}
