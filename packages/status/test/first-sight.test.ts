import { describe, expect, test } from "@jest/globals";
import { nothing } from "../src/index.ts";
import { at, component, hear, incident, page, push, quiet, types } from "./page.ts";

const course = [
  [0, "investigating"],
  [1, "identified"],
] as const;

describe("the first sight of a page", () => {
  const told = page({
    components: [component("api", "major_outage")],
    incidents: [incident("i", course)],
  });

  test("is a baseline: what it says is marked as initial", () => {
    expect(hear(nothing, told, 5).changes.map(({ type, initial }) => [type, initial])).toEqual([
      ["incident.opened", true],
      ["component.changed", true],
    ]);
  });

  test("in part is not: a webhook before the first poll is news", () => {
    expect(
      hear(nothing, { ...told, coverage: push({}).coverage }, 5).changes.map(({ initial }) => initial),
    ).toEqual([false, false]);
  });

  test("comes after webhooks too, and is no news about what they told", () => {
    const pushed = hear(nothing, push({ incidents: told.incidents }), 4).known;
    expect(hear(pushed, told, 5).changes.map(({ type, initial }) => [type, initial])).toEqual([
      ["component.changed", true],
    ]);
  });

  test("is named as the page names itself, else as it was configured", () => {
    const nameless = { ...told, page: {} };
    expect(hear(nothing, nameless, 5).changes.map(({ product }) => product)).toEqual([
      "acme - Trouble i",
      "acme api",
    ]);
  });
});

describe("the first sight of an incident", () => {
  test("is one opening, in its newest words, however many updates it has", () => {
    expect(hear(quiet(), page({ incidents: [incident("i", course)] }), 5).changes).toMatchObject([
      { type: "incident.opened", status: "identified at 1", timestamp: at(1), initial: false },
    ]);
  });

  test("already over is its opening and its end", () => {
    const over = incident("i", [...course, [3, "resolved"]]);
    expect(hear(quiet(), page({ incidents: [over] }), 5).changes).toMatchObject([
      { type: "incident.opened", status: "investigating at 0", timestamp: at(0) },
      { type: "incident.resolved", status: "resolved at 3", timestamp: at(3) },
    ]);
  });

  test("long over is history, not news", () => {
    const over = page({ incidents: [incident("i", [[0, "resolved"]])] });
    const { changes } = hear(quiet(), over, 8 * 24 * 60);
    expect(changes.map(({ initial }) => initial)).toEqual([true, true]);
  });

  test("long over is news if it was not, by the page's own clock", () => {
    const over = page({ page: { updatedAt: at(1) }, incidents: [incident("i", [[0, "resolved"]])] });
    const { changes } = hear(quiet(), over, 8 * 24 * 60);
    expect(changes.map(({ initial }) => initial)).toEqual([false, false]);
  });

  test("without any words says its state", () => {
    const silent = incident("i", [], { status: "identified", updatedAt: at(2) });
    expect(hear(quiet(), push({ incidents: [silent] }), 5).changes).toMatchObject([{ status: "Identified" }]);
  });

  test("in a word we don't know says that word", () => {
    const odd = incident("i", [], { status: "unknown", rawStatus: "under_review" });
    const { changes } = hear(quiet(), push({ incidents: [odd] }), 5);
    expect([types(changes), changes[0]?.status]).toEqual([["incident.opened"], "Under Review"]);
  });
});
