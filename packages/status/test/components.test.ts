import { describe, expect, test } from "@jest/globals";
import { isUnconfirmed } from "../src/index.ts";
import { after, at, component, hear, page, push, quiet, replay, types } from "./page.ts";

const green = page({ components: [component("api", "operational"), component("web", "operational")] });

describe("a component", () => {
  test("whose state moves is announced, with where it came from", () => {
    const { changes } = hear(after(green), push({ components: [component("api", "major_outage")] }), 5);
    expect(changes).toMatchObject([
      {
        type: "component.changed",
        product: "Acme api",
        status: "Major Outage",
        timestamp: at(5),
        component: { id: "api", status: "major_outage", from: "operational" },
      },
    ]);
  });

  test("that says the same again is no news", () => {
    const down = push({ components: [component("api", "major_outage")] });
    expect(types(replay(green, down, down).changes)).toEqual(["component.changed"]);
  });

  test("takes a new name unannounced", () => {
    const renamed = push({ components: [component("api", "operational", { name: "The API" })] });
    const { known, changes } = hear(after(green), renamed, 5);
    expect([changes, known.components.get("api")?.name]).toEqual([[], "The API"]);
  });

  test("keeps its group when a push leaves it out", () => {
    const grouped = page({ components: [component("api", "operational", { group: "Europe" })] });
    const known = after(grouped, push({ components: [component("api", "major_outage")] }));
    expect(known.components.get("api")?.group).toBe("Europe");
  });

  test("with a word we don't know is told in the vendor's", () => {
    const odd = push({ components: [component("api", "unknown", { rawStatus: "half_asleep" })] });
    expect(hear(after(green), odd, 5).changes).toMatchObject([{ status: "Half Asleep" }]);
  });

  test("first seen in trouble is announced", () => {
    const { changes } = hear(quiet(), page({ components: [component("api", "partial_outage")] }), 5);
    expect(changes).toMatchObject([{ initial: false, component: { from: "unknown" } }]);
  });

  test("first seen well is no news", () => {
    expect(hear(quiet(), green, 5).changes).toEqual([]);
  });

  test("first heard of in a push comes from where the push says", () => {
    const recovered = push({ components: [component("api", "operational", { from: "major_outage" })] });
    const { changes } = hear(quiet(), recovered, 5);
    expect(changes).toMatchObject([{ component: { status: "operational", from: "major_outage" } }]);
  });

  test("that flaps while the vendor's clock stands still is announced each time, each a change of its own", () => {
    const say = (status: "operational" | "major_outage") =>
      push({ components: [component("api", status, { updatedAt: at(0) })] });
    const { changes } = replay(
      ...["major_outage", "operational", "major_outage", "operational", "major_outage"].map((status) =>
        say(status as "operational"),
      ),
    );
    expect(new Set(changes.map(({ key }) => key)).size).toBe(5);
  });

  test("named twice by one page is one", () => {
    const twice = page({ components: [component("api", "operational"), component("api", "partial_outage")] });
    expect(types(replay(twice, twice, twice).changes)).toEqual(["component.changed"]);
  });
});

describe("a component in trouble, on a page with a clock", () => {
  const dated = (minute: number, status: "operational" | "major_outage") =>
    page({ page: { updatedAt: at(minute) }, components: [component("api", status)] });
  const undated = page({ components: [component("api", "operational")] });
  const down = after(dated(0, "operational"), dated(1, "major_outage"));

  test("is not well on the word of bodies without a date", () => {
    const { known, changes } = hear(down, undated, 5);
    expect([changes, isUnconfirmed(known)]).toEqual([[], true]);
    expect([...hear(known, undated, 6).changes, ...hear(known, dated(7, "major_outage"), 7).changes]).toEqual([]);
  });

  test("is well when there is no date for an hour", () => {
    const { known } = hear(down, undated, 5);
    expect(types(hear(known, undated, 65).changes)).toEqual(["component.changed"]);
  });
});

describe("a component in trouble that a capped list leaves out", () => {
  const capped = (indicator: "none" | "minor") => ({
    ...page({ page: { indicator }, components: [component("web", "operational")] }),
    coverage: { components: "partial", incidents: "full", maintenances: "partial" } as const,
  });
  const down = after(page({ components: [component("api", "major_outage")] }));

  test("is well when the page says that all is, and that was inferred", () => {
    const { changes } = hear(down, capped("none"), 5);
    expect(changes).toMatchObject([
      { type: "component.changed", inferred: true, component: { id: "api", status: "operational" } },
    ]);
  });

  test("is as it was when the page says otherwise, or when a push says so", () => {
    const pushed = push({ page: { indicator: "none" }, components: [component("web", "operational")] });
    expect([hear(down, capped("minor"), 5).changes, hear(down, pushed, 5).changes]).toEqual([[], []]);
  });
});

describe("a component that the page no longer lists", () => {
  const without = page({ components: [component("web", "operational")] });

  test("is kept when one reading alone leaves it out", () => {
    expect([...after(green, without).components.keys()]).toEqual(["api", "web"]);
  });

  test("is forgotten when two full readings agree", () => {
    expect([...after(green, without, without).components.keys()]).toEqual(["web"]);
  });

  test("is kept when only pushes leave it out", () => {
    const other = push({ components: [component("web", "degraded_performance")] });
    expect([...after(green, other, other, other).components.keys()]).toEqual(["api", "web"]);
  });

  test("starts anew when it is back in between", () => {
    expect(after(green, without, green, without).components.has("api")).toBe(true);
  });

  test("is no news, gone or back", () => {
    expect(replay(green, without, without, green).changes).toEqual([]);
  });
});
