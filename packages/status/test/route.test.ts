import { describe, expect, test } from "@jest/globals";
import {
  type AffectedComponent,
  type ComponentStatus,
  type Event,
  EventType,
  type Incident,
  type Known,
  type Maintenance,
} from "../src/index.ts";
import { routing, sentTo } from "./routing.ts";
import { after, at, component, incident, maintenance, page } from "./page.ts";

const sinks = ["console", "team", "log", "pager"];

describe("an event", () => {
  test.each(EventType.options.map((type) => [type]))("of type %s goes to every sink, when it is news", (type) => {
    expect(sentTo(event(type), { routing: routing(), known: after(page({})) })).toEqual(sinks);
  });

  test.each(EventType.options.map((type) => [type]))("of type %s goes nowhere at first sight", (type) => {
    expect(sentTo({ ...event(type), initial: true }, { routing: routing() })).toEqual([]);
  });

  test("of an incident is told whatever else is open", () => {
    expect(sentTo(event("incident.opened"), { routing: routing(), known: open([{ name: "API" }]) })).toEqual(
      sinks,
    );
  });
});

describe("a component's change", () => {
  test.each([
    ["an open incident names it", open([{ id: "api", name: "API" }])],
    ["an open incident names it without its id", open([{ name: "API" }])],
    ["an open incident names none, as none on that page does", open([])],
    ["a maintenance that is under way names it", maintained("in_progress")],
    ["a maintenance that is being verified names it", maintained("verifying")],
    ["an incident that names it has ended since", ended({ resolvedAt: at(31) })],
  ])("is the console's alone when %s", (_when, known) => {
    expect(sentTo(changed("major_outage"), { routing: routing(), known })).toEqual(["console"]);
  });

  test.each([
    ["nothing is open", after(page({}))],
    ["the open incident names another", open([{ id: "web", name: "Web" }])],
    ["the open incident names another of the same name", open([{ id: "eu-api", name: "API" }])],
    ["the incident that named it was over before", ended({ resolvedAt: at(29) })],
    ["the maintenance has not begun", maintained("scheduled")],
    ["the maintenance was cancelled", maintained("cancelled")],
    ["the maintenance was completed before", maintained("completed")],
    ["a relayed notice, which nothing ever ends, names it", open([{ name: "API" }], { unlisted: true })],
  ])("goes to every sink when %s", (_when, known) => {
    expect(sentTo(changed("major_outage"), { routing: routing(), known })).toEqual(sinks);
  });

  test("is no news for an incident without names on a page whose others have names", () => {
    const named = incident("b", [[0, "resolved"]], { components: [{ id: "web", name: "Web" }] });
    const known = after(page({ incidents: [incident("a", [[0, "investigating"]]), named] }));
    expect(sentTo(changed("major_outage"), { routing: routing(), known })).toEqual(sinks);
  });
});

describe("a component's recovery", () => {
  test("is the console's alone within ten minutes of the end of the incident that names it", () => {
    expect(sentTo(changed("operational"), { routing: routing(), known: ended({ resolvedAt: at(20) }) })).toEqual([
      "console",
    ]);
  });

  test("goes to every sink later than that", () => {
    expect(sentTo(changed("operational"), { routing: routing(), known: ended({ resolvedAt: at(19) }) })).toEqual(
      sinks,
    );
  });
});

describe("a page's own word", () => {
  test("is the console's alone while an incident is open", () => {
    expect(sentTo(event("page.changed"), { routing: routing(), known: open([{ name: "API" }]) })).toEqual([
      "console",
    ]);
  });
});

function open(components: AffectedComponent[], more: Partial<Incident> = {}): Known {
  return after(page({ incidents: [incident("a", [[0, "investigating"]], { components, ...more })] }));
}

function ended(more: Partial<Incident>): Known {
  return after(
    page({ incidents: [incident("a", [[0, "resolved"]], { components: [{ name: "API" }], ...more })] }),
  );
}

function maintained(status: Maintenance["status"]): Known {
  return after(page({ maintenances: [maintenance("m", [[0, status]], { components: [{ name: "API" }] })] }));
}

function changed(status: ComponentStatus): Event {
  return {
    ...event("component.changed"),
    component: { ...component("api", status, { name: "API" }), from: "degraded_performance" },
  };
}

function event(type: EventType): Event {
  return {
    id: "evt_1",
    seq: "1-1",
    type,
    provider: "acme",
    product: "Acme",
    status: "News.",
    timestamp: at(30),
    observedAt: at(30),
    via: "poll",
    initial: false,
    inferred: false,
  };
}
