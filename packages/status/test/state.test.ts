import { describe, expect, test } from "@jest/globals";
import { type ComponentStatus, type Impact, nothing, stateOf, worse } from "../src/index.ts";
import { after, at, component, incident, maintenance, page, push } from "./page.ts";

describe("a provider's state", () => {
  test("is unknown before anything was told", () => {
    expect(stateOf(nothing)).toBe("unknown");
  });

  test("is unknown when a page was read that says nothing", () => {
    expect(stateOf(after(page({})))).toBe("unknown");
  });

  test("is the worst of its components", () => {
    expect(stateOf(components("operational", "partial_outage", "degraded_performance"))).toBe("partial_outage");
  });

  test("is operational when all components are", () => {
    expect(stateOf(components("operational", "operational"))).toBe("operational");
  });

  test("is not operational with a component that we cannot tell", () => {
    expect(stateOf(components("operational", "unknown"))).toBe("unknown");
  });

  test.each<[Impact, ComponentStatus]>([
    ["none", "degraded_performance"],
    ["unknown", "degraded_performance"],
    ["minor", "degraded_performance"],
    ["major", "partial_outage"],
    ["critical", "major_outage"],
    ["maintenance", "under_maintenance"],
  ])("with green components and an open incident of impact %s is %s", (impact, state) => {
    expect(stateOf(after(page({ components: green, incidents: [trouble("investigating", { impact })] })))).toBe(
      state,
    );
  });

  test("is green again when the incident is over", () => {
    expect(stateOf(after(page({ components: green, incidents: [trouble("resolved")] })))).toBe("operational");
  });

  test.each<[Impact, ComponentStatus]>([
    ["unknown", "unknown"],
    ["minor", "degraded_performance"],
    ["major", "partial_outage"],
    ["critical", "major_outage"],
  ])("with green components and an open notice of impact %s, which no page lists, is %s", (impact, state) => {
    const notice = push({ incidents: [trouble("identified", { unlisted: true, impact })] });
    const end = push({ incidents: [trouble("resolved", { unlisted: true, impact })] });
    expect(stateOf(after(page({ components: green }), notice))).toBe(state);
    expect(stateOf(after(page({ components: green }), notice, end))).toBe("operational");
  });

  test("is under maintenance while one runs, unless something is worse", () => {
    const maintenances = [maintenance("m", [[0, "in_progress"]])];
    expect([
      stateOf(after(page({ components: green, maintenances }))),
      stateOf(after(page({ components: green, maintenances, incidents: [trouble("identified")] }))),
    ]).toEqual(["under_maintenance", "degraded_performance"]);
  });

  test.each<[Impact, ComponentStatus]>([
    ["none", "operational"],
    ["major", "partial_outage"],
    ["unknown", "degraded_performance"],
  ])("of a page that only says %s is %s", (indicator, state) => {
    expect(stateOf(after(page({ page: { indicator } })))).toBe(state);
  });

  test("goes by the components where a page has both", () => {
    expect(stateOf(after(page({ page: { indicator: "minor" }, components: green })))).toBe("operational");
  });

  test("heard of in pushes alone may be trouble, but never green", () => {
    expect([
      stateOf(after(push({ components: green }))),
      stateOf(after(push({ components: [component("api", "major_outage")] }))),
    ]).toEqual(["unknown", "major_outage"]);
  });
});

describe("the worse of two states", () => {
  test.each<[ComponentStatus, ComponentStatus, ComponentStatus]>([
    ["operational", "unknown", "unknown"],
    ["unknown", "under_maintenance", "under_maintenance"],
    ["major_outage", "partial_outage", "major_outage"],
    ["degraded_performance", "under_maintenance", "degraded_performance"],
  ])("of %s and %s is %s", (one, other, state) => {
    expect([worse(one, other), worse(other, one)]).toEqual([state, state]);
  });
});

const green = [component("api", "operational")];

function components(...states: ComponentStatus[]) {
  return after(page({ components: states.map((state, index) => component(`${index}`, state)) }));
}

function trouble(status: string, more: Parameters<typeof incident>[2] = {}) {
  return incident("i", [[0, status]], { startedAt: at(0), ...more });
}
