import { runInThisContext } from "node:vm";
import { afterEach, describe, expect, test } from "@jest/globals";
import {
  deliveriesPerHour,
  eventsPerHour,
  lagOverTime,
  minutesPerDay,
  rowsOf,
  stacked,
  sumOf,
} from "../web/plots.ts";
import type { EventView, HistoryView } from "../web/views.ts";

const noon = Date.parse("2026-03-01T12:00:00.000Z");

// Tests are given a copy of the environment; only the real one moves the zone.
const environment = runInThisContext("process.env") as NodeJS.ProcessEnv;
const zone = environment.TZ;

afterEach(() => {
  if (zone === undefined) delete environment.TZ;
  else environment.TZ = zone;
});

describe("minutes per day", () => {
  test("are drawn day by day, state by state, nothing of calm days", () => {
    environment.TZ = "Asia/Tokyo";
    const runs = [
      { from: "2026-03-01", days: 2, minutes: { operational: 1440 }, observed: 1440 },
      { from: "2026-03-03", days: 1, minutes: { operational: 1398, major_outage: 42 }, observed: 1440 },
    ];
    const { times, series } = minutesPerDay({ runs } as unknown as HistoryView);
    expect(times.map((time) => at(time * 1000))).toEqual([
      "2026-02-28T15:00:00.000Z",
      "2026-03-01T15:00:00.000Z",
      "2026-03-02T15:00:00.000Z",
    ]);
    expect(series.map((one) => [one.look, sumOf(one)])).toEqual([
      ...[["major_outage", 42]],
      ...[["partial_outage", 0]],
      ...[["degraded_performance", 0]],
      ...[["under_maintenance", 0]],
    ]);
  });
});

describe("how far behind we are", () => {
  test("is measured by what was news and came by a poll, in the order of time", () => {
    const events = [
      event(noon + 90_000, { timestamp: at(noon) }),
      event(noon + 5000, { timestamp: at(noon) }),
      event(noon + 1000, { timestamp: at(0), initial: true }),
      event(noon + 1000, { timestamp: at(0), inferred: true }),
      event(noon + 1000, { timestamp: at(0), via: "webhook" }),
    ];
    const { times, series } = lagOverTime(events);
    expect([times, series[0]?.values]).toEqual([
      [noon / 1000 + 5, noon / 1000 + 90],
      [5, 90],
    ]);
  });
});

describe("events per hour", () => {
  test("are counted by when they were recorded, the present hour last", () => {
    const hour = 3_600_000;
    const events = [event(noon - 3 * hour), event(noon - hour), event(noon - 1), event(noon + 1)];
    const { times, series } = eventsPerHour(events, { hours: 2, now: noon + 5000 });
    expect([times, series[0]?.values]).toEqual([
      [(noon - hour) / 1000, noon / 1000],
      [2, 1],
    ]);
  });
});

describe("what sinks took", () => {
  test("stands on what failed there", () => {
    const tallies = { hours: [at(noon)], sinks: [] };
    const { series } = deliveriesPerHour(tallies, { sink: "team", delivered: [3], failed: [1] });
    expect(stacked(series)).toEqual([[1], [4]]);
  });
});

describe("a plot's table", () => {
  test("tells of the newest first, and leaves out what says nothing", () => {
    const series = [{ name: "Events", look: "plain" as const, values: [1, 0, 2] }];
    expect(rowsOf({ times: [10, 20, 30], span: 10, series })).toEqual([
      { time: 30, values: [2] },
      { time: 10, values: [1] },
    ]);
  });

  test("of moments leaves none out: nothing is a figure there", () => {
    const series = [{ name: "Lag", look: "plain" as const, values: [0] }];
    expect(rowsOf({ times: [10], series })).toEqual([{ time: 10, values: [0] }]);
  });
});

function event(ms: number, differences: Partial<EventView> = {}): EventView {
  // Only what is drawn of it.
  return { seq: `${ms}-0`, observedAt: at(ms), timestamp: at(ms), via: "poll", ...differences } as EventView;
}

function at(ms: number): string {
  return new Date(ms).toISOString();
}
