import { describe, expect, test } from "@jest/globals";
import type { Impact, Snapshot } from "../src/index.ts";
import { after, at, component, hear, incident, page, replay, types } from "./page.ts";

describe("a page that says only how it is", () => {
  test("is told when its word changes", () => {
    expect(hear(after(says("none")), says("major"), 5).changes).toMatchObject([
      { type: "page.changed", product: "Acme", status: "Major Impact", timestamp: at(5), initial: false },
    ]);
  });

  test("is told when it is well again", () => {
    expect(hear(after(says("major")), says("none"), 5).changes).toMatchObject([{ status: "Operational" }]);
  });

  test("is no news when it repeats itself", () => {
    expect(types(replay(says("none"), says("minor"), says("minor"), says("minor")).changes)).toEqual([
      "page.changed",
    ]);
  });

  test("is no news when it is well at first sight", () => {
    expect(replay(says("none")).changes).toEqual([]);
  });

  test("is a baseline when it is unwell at first sight", () => {
    expect(replay(says("minor")).changes).toMatchObject([{ initial: true }]);
  });

  test("that flaps is told each time, each a change of its own, also while its clock stands still", () => {
    const still = (indicator: Impact) => page({ page: { name: "Acme", indicator, updatedAt: at(0) } });
    const { changes } = replay(...(["minor", "none", "minor", "none", "minor"] as const).map(still));
    expect(new Set(changes.map(({ key }) => key)).size).toBe(5);
  });
});

describe("a page's word", () => {
  test("is no news beside what else the page says", () => {
    const known = after(page({ components: [component("api", "operational")] }));
    const told = { ...says("minor"), components: [component("api", "degraded_performance")] };
    expect(types(hear(known, told, 5).changes)).toEqual(["component.changed"]);
  });

  test("is no news when a page with components forgets them for once", () => {
    const known = after({ ...says("minor"), components: [component("api", "major_outage")] });
    expect(hear(known, says("none"), 5).changes).toEqual([]);
  });

  test("is no news when the last incident leaves the page", () => {
    const known = after({ ...says("minor"), incidents: [incident("i", [[0, "investigating"]])] });
    expect(hear(known, says("none"), 5).changes).toEqual([]);
  });

  test("is news beside a relayed notice, which no page lists", () => {
    const notice = { ...says("none"), incidents: [incident("n", [[0, "investigating"]], { unlisted: true })] };
    expect(types(hear(after(notice), says("major"), 5).changes)).toEqual(["page.changed"]);
  });

  test("that was overtaken changes nothing", () => {
    const known = hear(after(says("none")), says("none"), 9).known;
    const { known: next, changes } = hear(known, says("major"), 5);
    expect([changes, next.page.indicator]).toEqual([[], "none"]);
  });
});

function says(indicator: Impact): Snapshot {
  return page({ page: { name: "Acme", indicator } });
}
