import { type Event, worse } from "@statuswire/status";
import { type Condition, type Level, levels } from "./condition.ts";

/** What kind of news an event is to someone who has heard of its subject before. */
export type Step = "opened" | "reopened" | "worse" | "started" | "updated" | "resolved";

const steps: Partial<Readonly<Record<Event["type"], Step>>> = {
  "incident.opened": "opened",
  "incident.reopened": "reopened",
  "incident.resolved": "resolved",
  "maintenance.scheduled": "opened",
  "maintenance.started": "started",
  "maintenance.completed": "resolved",
  "maintenance.cancelled": "resolved",
  "source.stale": "opened",
  "source.recovered": "resolved",
  "network.lost": "opened",
  "network.restored": "resolved",
  "component.unstable": "opened",
  digest: "opened",
  "sink.failing": "opened",
  "sink.disabled": "opened",
};

/** What an event is, seen from how bad we said last that it was. */
export function stepOf(event: Event, { level, isOver }: Condition, before: Level | undefined): Step {
  const step = steps[event.type];
  if (step) return step;
  if (event.component) return componentStep(event.component);
  if (event.type === "page.changed" && isOver) return "resolved";
  if (event.type === "page.changed" && (before ?? "calm") === "calm") return "opened";
  return before !== undefined && levels.indexOf(level) > levels.indexOf(before) ? "worse" : "updated";
}

/** Whether news deserves a message of its own where earlier ones can be edited. */
export function isLoud(step: Step): boolean {
  return step !== "updated";
}

/** Whether people may be called by name for it. */
export function isAlarm({ step, level }: { step: Step; level: Level }): boolean {
  return (step === "opened" || step === "reopened" || step === "worse") && isTrouble(level);
}

function isTrouble(level: Level): boolean {
  return level !== "calm" && level !== "notice";
}

function componentStep({ from, status }: NonNullable<Event["component"]>): Step {
  if (status === "operational") return "resolved";
  if (from === "operational") return "opened";
  return worse(from, status) === status ? "worse" : "updated";
}
