import type { Event, Incident } from "@statuswire/status";

/** The incident that the story is about, as it begins. */
export const incident: Incident = {
  id: "inc_01",
  title: "Elevated API errors",
  status: "investigating",
  impact: "minor",
  startedAt: "2025-11-03T14:30:00.000Z",
  components: [
    { id: "api", name: "API", status: "degraded_performance" },
    { id: "gateway", name: "Gateway", status: "partial_outage" },
  ],
  updates: [],
};

const base = {
  provider: "discord",
  product: "Discord (2 components affected)",
  via: "poll",
  initial: false,
  inferred: false,
  url: "https://discordstatus.com/incidents/inc_01",
} as const;

export const opened: Event = {
  ...base,
  ...recorded(1, "2025-11-03T14:32:00.000Z", "2025-11-03T14:33:41.000Z"),
  type: "incident.opened",
  status: "We are seeing elevated errors & are looking into it.",
  incident,
};

export const updated: Event = {
  ...base,
  ...recorded(2, "2025-11-03T14:45:00.000Z", "2025-11-03T14:45:20.000Z"),
  type: "incident.updated",
  status: "The cause is a deploy of the gateway; it is being rolled back.",
  incident: { ...incident, status: "identified" },
};

export const worse: Event = {
  ...base,
  ...recorded(3, "2025-11-03T14:58:00.000Z", "2025-11-03T14:58:30.000Z"),
  type: "incident.updated",
  status: "The rollback failed. Most requests fail at present.",
  incident: { ...incident, status: "identified", impact: "critical" },
};

export const resolved: Event = {
  ...base,
  ...recorded(4, "2025-11-03T15:10:00.000Z", "2025-11-03T15:10:05.000Z"),
  type: "incident.resolved",
  status: "All is well again.",
  incident: { ...incident, status: "resolved", impact: "critical", resolvedAt: "2025-11-03T15:10:00.000Z" },
};

export const reopened: Event = {
  ...base,
  ...recorded(5, "2025-11-03T15:25:00.000Z", "2025-11-03T15:26:10.000Z"),
  type: "incident.reopened",
  status: "The errors are back.",
  incident: { ...incident, status: "investigating", impact: "major" },
};

export const componentChanged: Event = {
  ...base,
  ...recorded(6, "2025-11-03T16:00:00.000Z", "2025-11-03T16:00:45.000Z"),
  type: "component.changed",
  product: "Discord Media Proxy",
  status: "Partial Outage",
  url: "https://discordstatus.com/",
  component: {
    id: "media",
    name: "Media Proxy",
    group: "Voice",
    status: "partial_outage",
    from: "operational",
    updatedAt: "2025-11-03T16:00:00.000Z",
  },
};

const maintenanceStarted: Event = {
  ...base,
  ...recorded(7, "2025-11-04T02:00:00.000Z", "2025-11-04T02:00:10.000Z"),
  type: "maintenance.started",
  product: "Discord - Database upgrade",
  status: "The upgrade has begun. Sending messages may be slow.",
  url: "https://discordstatus.com/incidents/mnt_01",
  maintenance: {
    id: "mnt_01",
    title: "Database upgrade",
    status: "in_progress",
    impact: "maintenance",
    scheduledFor: "2025-11-04T02:00:00.000Z",
    scheduledUntil: "2025-11-04T04:30:00.000Z",
    components: [],
    updates: [],
  },
};

/** The seven events that every golden file shows, in the order in which they happen. */
export const story: Readonly<Record<string, Event>> = {
  opened,
  updated,
  worse,
  resolved,
  reopened,
  "component-changed": componentChanged,
  "maintenance-started": maintenanceStarted,
};

const attack = [
  "@everyone @here @channel @all <!channel> <!here> <@U012AB3CD> <users/all> <@&123> <@123>",
  "<https://evil.example|click> [click](https://evil.example) <a href='https://evil.example'>click</a>",
  '<script>alert(1)</script> <b onmouseover="x">bold</b> <at>everyone</at> </b></i></pre>',
  "*bold* _it_ ~gone~ `code` ```block``` ||spoiler|| > quote # heading {{DATE(2025-01-01T00:00:00Z)}} ${secret}",
  "bcc: victim@example.com \u001b[31mred\u0007 \u202egnirts",
].join(" ");

/** What a vendor with bad intentions, or with very much to say, would have us tell. */
export const hostile: Event = {
  ...base,
  ...recorded(8, "2025-11-03T17:00:00.000Z", "2025-11-03T17:00:01.000Z"),
  type: "incident.opened",
  product: `${attack}\r\nX-Injected: 1`,
  status: `${attack} ${"🦄 Ünïcödé <&> ".repeat(4000)}`,
  url: "https://evil.example/a|b)[c](x'\"<i>",
  incident: {
    ...incident,
    id: `inc\r\n"${attack}`,
    title: `${attack}\r\nBcc: victim@example.com`,
    status: "unknown",
    rawStatus: attack,
    components: Array.from({ length: 300 }, (_, index) => ({ name: `${attack} ${index}` })),
  },
};

function recorded(place: number, timestamp: string, observedAt: string) {
  return { id: `evt_${place}`, seq: `${Date.parse(observedAt)}-0`, timestamp, observedAt };
}
