import { describe, expect, test } from "@jest/globals";
import { type Past, type Stretch, type Trouble, uptimeOf } from "../src/index.ts";
import { noPast } from "./past.ts";

const day = 86_400;
const now = 1000 * day;

describe("uptime", () => {
  test("is whole where nothing was declared", () => {
    expect(of({})).toEqual({ uptime: 1, coverage: 1, since: now - 90 * day });
  });

  test("counts a major outage whole, a partial one by 30 %, degradation not at all", () => {
    const down = [during("major_outage", 1), during("partial_outage", 3), during("degraded_performance", 5)];
    expect(of({ down })?.uptime).toBeCloseTo(1 - 1.3 / 90, 10);
  });

  test("leaves maintenance out of the time", () => {
    const down = [during("under_maintenance", 40), during("major_outage", 60)];
    expect(of({ down })?.uptime).toBeCloseTo(88 / 89, 10);
  });

  test("is not told of less than a week", () => {
    expect(of({ since: now - 6 * day })).toMatchObject({ uptime: undefined, coverage: 1 });
  });

  test("is not told where we looked at less than 95 % of the time", () => {
    const gaps = [{ from: now - 80 * day, until: now - 75 * day }];
    expect(of({ gaps })).toMatchObject({ uptime: undefined, coverage: 1 - 5 / 90 });
  });

  test("is not told of what was never read", () => {
    expect(uptimeOf(noPast, { days: 90, now })).toEqual({ uptime: undefined, coverage: 0, since: undefined });
  });

  test("of a component that came later is counted from then", () => {
    const turns = new Map([["api", [{ at: now - 10 * day, from: "absent", to: "operational" } as const]]]);
    expect(uptimeOf({ ...noPast, since: 0, turns }, { component: "api", days: 90, now })).toEqual({
      uptime: 1,
      coverage: 1,
      since: now - 10 * day,
    });
  });
});

function of({ since = 0, gaps = [], down = [] }: { since?: number; gaps?: Stretch[]; down?: Trouble[] }) {
  const past: Past = { ...noPast, since, gaps, troubles: new Map(down.map((one, index) => [`${index}`, one])) };
  return uptimeOf(past, { days: 90, now });
}

/** Something that lasted for one day, so many days ago. */
function during(state: Trouble["state"], ago: number): Trouble {
  return { state, stretches: [{ from: now - ago * day, until: now - (ago - 1) * day }], components: [] };
}
