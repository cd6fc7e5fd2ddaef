import type { ComponentStatus, Event, Impact } from "../src/index.ts";
import { at, component, incident } from "./page.ts";

/** An event of a type, recorded so many minutes after ten. */
export function news(type: Event["type"], minute = 30, more: Partial<Event> = {}): Event {
  return {
    id: `evt_${minute}`,
    seq: `${Date.parse(at(minute))}-0`,
    type,
    provider: "acme",
    product: "Acme",
    status: "News.",
    timestamp: at(minute),
    observedAt: at(minute),
    via: "poll",
    initial: false,
    inferred: false,
    ...more,
  };
}

/** An event of an incident that touches the API. */
export function incidentNews(type: Event["type"], minute = 30, impact: Impact = "major"): Event {
  const status = type === "incident.resolved" ? "resolved" : "investigating";
  const components = [{ id: "api", name: "API" }];
  return news(type, minute, { incident: incident("a", [[minute, status]], { components, impact }) });
}

/** A change of the API. */
export function changed(status: ComponentStatus, minute = 30, from: ComponentStatus = "operational"): Event {
  const whole = component("api", status, { name: "API", group: "Platform (eu-west-1)" });
  return news("component.changed", minute, { component: { ...whole, from } });
}
