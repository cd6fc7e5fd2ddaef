import fc from "fast-check";
import { ComponentStatus, type IncidentStatus, isOver, type Snapshot } from "../src/index.ts";
import { ids } from "./anything.ts";
import { at, component, incident, page, push } from "./page.ts";

/** The moment that something happens on a page, and how we hear of it. */
export interface Step {
  what: "incident" | "component";
  id: string;
  incident: "investigating" | "monitoring" | "resolved" | "postmortem";
  component: ComponentStatus;
  by: "full" | "push";
}

export function histories(): fc.Arbitrary<Step[]> {
  const step = fc.record<Step>({
    what: fc.constantFrom("incident", "component"),
    id: ids(),
    incident: fc.constantFrom("investigating", "monitoring", "resolved", "postmortem"),
    component: fc.constantFrom(...ComponentStatus.options),
    by: fc.constantFrom("full", "push"),
  });
  return fc.array(step, { minLength: 1, maxLength: 20 });
}

/** What the page says after each step, of all that has happened until then or of the one thing that did. */
export function told(steps: readonly Step[]): Snapshot[] {
  return steps.map(({ what, id, by }, now) => {
    const incidents = [...coursesUntil(steps, now)].map(([one, course]) => incident(one, course));
    const components = [...statesUntil(steps, now)].map(([one, { status, since }]) =>
      component(one, status, { updatedAt: at(since) }),
    );
    if (by === "full") return page({ incidents, components });
    const isIt = (thing: { id: string }) => thing.id === id;
    return push(
      what === "incident" ? { incidents: incidents.filter(isIt) } : { components: components.filter(isIt) },
    );
  });
}

function coursesUntil(steps: readonly Step[], now: number): Map<string, [number, Step["incident"]][]> {
  const courses = new Map<string, [number, Step["incident"]][]>();
  steps.slice(0, now + 1).forEach((step, minute) => {
    if (step.what === "incident") courses.set(step.id, [...(courses.get(step.id) ?? []), [minute, step.incident]]);
  });
  return courses;
}

function statesUntil(
  steps: readonly Step[],
  now: number,
): Map<string, { status: ComponentStatus; since: number }> {
  const states = new Map<string, { status: ComponentStatus; since: number }>();
  steps.slice(0, now + 1).forEach((step, minute) => {
    if (step.what === "component") states.set(step.id, { status: step.component, since: minute });
  });
  return states;
}

/** The changes that a careful reader of the page would tell, in order. */
export function due(steps: readonly Step[]): string[] {
  return steps.flatMap((step, now) => {
    const earlier = steps.slice(0, now).findLast(({ what, id }) => what === step.what && id === step.id);
    if (step.what === "incident")
      return dueOfIncident(earlier?.incident, step.incident).map((t) => `${t} ${step.id}`);
    const from = earlier?.component ?? (step.component === "operational" ? "operational" : "unknown");
    return from === step.component ? [] : [`component.changed ${step.id}`];
  });
}

/** The changes that an incident goes through from one status to the next; from none when it begins. */
export function dueOfIncident(from: IncidentStatus | undefined, to: IncidentStatus): string[] {
  if (!from) return isOver({ status: to }) ? ["incident.opened", "incident.resolved"] : ["incident.opened"];
  if (isOver({ status: from }) && !isOver({ status: to })) return ["incident.reopened"];
  if (isOver({ status: from }))
    return to === "postmortem" && from !== to ? ["incident.postmortem"] : ["incident.updated"];
  return isOver({ status: to }) ? ["incident.resolved"] : ["incident.updated"];
}
