import {
  type ComponentStatus,
  type Event,
  type Impact,
  type Incident,
  inWords,
  isDone,
  isOver,
  type Maintenance,
  type MaintenanceStatus,
} from "@statuswire/status";

/** How bad it is, best first. `notice` is what one should know but need not fear. */
export const levels = ["calm", "notice", "minor", "major", "critical"] as const;
export type Level = (typeof levels)[number];

/** How things stand: an icon whose shape tells, a word, and how bad that is. */
export interface Condition {
  level: Level;
  icon: string;
  word: string;
  isOver: boolean;
}

const over = { level: "calm", icon: "✓", isOver: true } as const;
const notice = { level: "notice", isOver: false } as const;
const minor = { level: "minor", icon: "▲", isOver: false } as const;
const partial: Condition = { level: "major", icon: "◐", word: "Partial outage", isOver: false };
const outage: Condition = { level: "critical", icon: "✕", word: "Major outage", isOver: false };

/** How a component stands. */
export const componentCondition: Readonly<Record<ComponentStatus, Condition>> = {
  operational: { ...over, word: "Operational" },
  unknown: { ...notice, icon: "?", word: "Unknown state" },
  under_maintenance: { ...notice, icon: "🔧", word: "Under maintenance" },
  degraded_performance: { ...minor, word: "Degraded" },
  partial_outage: partial,
  major_outage: outage,
};

// An open incident is trouble also where its page calls it harmless.
const ofImpact: Readonly<Record<Impact, Condition>> = {
  none: { ...minor, word: "Incident" },
  unknown: { ...minor, word: "Incident" },
  maintenance: { ...notice, icon: "🔧", word: "Maintenance" },
  minor: { ...minor, word: "Degraded" },
  major: partial,
  critical: outage,
};

const ofNotice: Partial<Readonly<Record<Event["type"], Condition>>> = {
  "component.unstable": { ...minor, word: "Unstable" },
  digest: { ...notice, icon: "≡", word: "Digest" },
  "sink.failing": { level: "major", icon: "✕", word: "Sink failing", isOver: false },
  "sink.disabled": { level: "major", icon: "✕", word: "Sink disabled", isOver: false },
};

const maintenanceWord: Readonly<Record<MaintenanceStatus, string>> = {
  scheduled: "Maintenance scheduled",
  in_progress: "Maintenance in progress",
  verifying: "Maintenance being verified",
  completed: "Maintenance completed",
  cancelled: "Maintenance cancelled",
  unknown: "Maintenance",
};

/** How things stand after an event. */
export function conditionOf(event: Event): Condition {
  const { type, incident, maintenance, component, status } = event;
  const noticed = ofNotice[type];
  if (noticed) return noticed;
  if (incident) return incidentCondition(incident);
  if (maintenance) return maintenanceCondition(maintenance);
  if (component) return componentCondition[component.status];
  if (type === "source.stale") return { ...notice, icon: "?", word: "Not reporting" };
  if (type === "source.recovered") return { ...over, word: "Reporting again" };
  if (type === "network.lost") return { level: "major", icon: "✕", word: "Network down", isOver: false };
  if (type === "network.restored") return { ...over, word: "Network back" };
  if (type === "source.migrated") return { ...notice, icon: "?", word: "Moved" };
  return pageCondition(status);
}

function incidentCondition({ status, impact }: Incident): Condition {
  if (status === "postmortem") return { ...over, word: "Postmortem" };
  return isOver({ status }) ? { ...over, word: "Resolved" } : ofImpact[impact];
}

function maintenanceCondition({ status }: Maintenance): Condition {
  const word = maintenanceWord[status];
  return isDone({ status }) ? { ...over, word } : { ...notice, icon: "🔧", word };
}

const impacts: readonly Impact[] = ["minor", "major", "critical", "maintenance"];

// An event about a page says its state in words only: "Operational", or "Major Impact".
function pageCondition(status: string): Condition {
  if (status === inWords("operational")) return componentCondition.operational;
  const impact = impacts.find((known) => status.startsWith(`${inWords(known)} `));
  return impact ? ofImpact[impact] : componentCondition.unknown;
}
