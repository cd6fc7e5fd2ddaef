import { describe, expect, test } from "@jest/globals";
import { after, at, component, hear, incident, page, push, quiet, types } from "./page.ts";

describe("what is reported late", () => {
  const newer = incident("i", [
    [0, "investigating"],
    [5, "resolved"],
  ]);
  const known = after(page({}), page({ incidents: [newer] }));

  test("about an incident does not move it", () => {
    const late = push({
      incidents: [incident("i", [[0, "investigating"]], { title: "Old", impact: "critical" })],
    });
    const { known: next, changes } = hear(known, late, 9);
    expect([changes, next.incidents.get("i")]).toEqual([[], known.incidents.get("i")]);
  });

  test("is told all the same where it holds an update not heard before", () => {
    const late = incident("i", [
      [0, "investigating"],
      [3, "monitoring"],
    ]);
    const first = hear(known, push({ incidents: [late] }), 9);
    const second = hear(first.known, push({ incidents: [late] }), 10);
    expect([...first.changes, ...second.changes]).toMatchObject([
      { type: "incident.updated", status: "monitoring at 3", timestamp: at(3), incident: { status: "resolved" } },
    ]);
  });

  test("does not bring back the words of an update edited since", () => {
    const edited = { ...newer, updates: newer.updates.map((update) => ({ ...update, body: "Edited" })) };
    const afterEdit = hear(known, page({ incidents: [{ ...edited, updatedAt: at(6) }] }), 9).known;
    const { known: next, changes } = hear(afterEdit, page({ incidents: [newer] }), 10);
    expect([changes, next.incidents]).toEqual([[], afterEdit.incidents]);
  });

  test("about a component changes nothing", () => {
    const says = (status: "operational" | "major_outage", minute: number) =>
      push({ components: [component("api", status, { updatedAt: at(minute) })] });
    expect(hear(after(says("operational", 5)), says("major_outage", 4), 9).changes).toEqual([]);
  });

  test("about a component that has since said the same again changes nothing", () => {
    const says = (status: "operational" | "major_outage", minute: number) =>
      push({ components: [component("api", status, { updatedAt: at(minute) })] });
    const twice = after(says("operational", 1), says("operational", 5));
    expect(hear(twice, says("major_outage", 4), 9).changes).toEqual([]);
  });
});

describe("a page without times", () => {
  const says = (status: "operational" | "major_outage") => page({ components: [component("api", status)] });

  test("goes by when it was asked: an answer that was overtaken changes nothing", () => {
    const first = hear(quiet(), says("operational"), 1).known;
    const known = hear(first, says("operational"), 9).known;
    expect(hear(known, says("major_outage"), 5).changes).toEqual([]);
  });

  test("goes by when it was asked: an overtaken answer about an incident changes nothing", () => {
    const open = page({ incidents: [incident("i", [])] });
    const over = page({ incidents: [incident("i", [], { status: "resolved" })] });
    const known = hear(hear(quiet(), open, 1).known, over, 9).known;
    expect(hear(known, open, 5).changes).toEqual([]);
  });
});

describe("a page's own clock", () => {
  const says = (minute: number, ...incidents: string[]) =>
    page({
      page: { name: "Acme", updatedAt: at(minute) },
      incidents: incidents.map((id) => incident(id, [[minute, "investigating"]])),
    });
  const known = after(says(0), says(5, "i"));

  test("that went back is a stale answer, which changes nothing at all", () => {
    expect(hear(known, says(4, "other"), 9)).toEqual({ known, changes: [] });
  });

  test("does not silence a webhook that was overtaken by another", () => {
    const late = { ...says(4, "other"), coverage: push({}).coverage };
    const { known: next, changes } = hear(known, late, 9);
    expect([types(changes), next.page.updatedAt]).toEqual([["incident.opened"], at(5)]);
  });
});

describe("a time that cannot be yet", () => {
  const year = 365 * 24 * 60;

  test("does not make us deaf to a page, its incidents and its components", () => {
    const astray = page({
      page: { name: "Acme", updatedAt: at(year) },
      components: [component("api", "operational", { updatedAt: at(year) })],
      incidents: [incident("i", [[year, "investigating"]])],
    });
    const right = page({
      page: { name: "Acme", updatedAt: at(9) },
      components: [component("api", "major_outage", { updatedAt: at(9) })],
      incidents: [
        incident("i", [
          [year, "investigating"],
          [9, "resolved"],
        ]),
      ],
    });
    expect(types(hear(after(astray), right, 10).changes)).toEqual(["incident.resolved", "component.changed"]);
  });

  test("is told as now", () => {
    const astray = push({ incidents: [incident("i", [[year, "investigating"]])] });
    expect(hear(quiet(), astray, 5).changes).toMatchObject([{ timestamp: at(5) }]);
  });

  test("is believed where a vendor's clock is merely ahead", () => {
    const ahead = push({ incidents: [incident("i", [[20, "investigating"]])] });
    expect(hear(quiet(), ahead, 5).changes).toMatchObject([{ timestamp: at(20) }]);
  });
});
