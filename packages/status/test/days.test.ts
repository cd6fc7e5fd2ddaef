import { describe, expect, test } from "@jest/globals";
import { daysOf, passed, type Past, type Snapshot, spokenIn } from "../src/index.ts";
import { at, component, incident, maintenance, page, push } from "./page.ts";
import { days, grown, live, minutes, noPast, type Read } from "./past.ts";

const beforeTen = 600;

describe("a day", () => {
  test("is unknown until the page is first read, then operational", () => {
    const { past } = live([[0, page({})]]);
    expect(minutes(past)).toEqual({ unknown: beforeTen, operational: 120 });
  });

  test("has the minutes of an incident, by its impact", () => {
    const { past } = live([
      quiet,
      ...course(
        [
          [10, "investigating"],
          [40, "resolved"],
        ],
        { impact: "major" },
      ),
    ]);
    expect(minutes(past)).toMatchObject({ partial_outage: 30, operational: 90 });
  });

  test("is corrected by a vendor who says that it began before we saw it", () => {
    const { past } = live([
      quiet,
      [50, page({ incidents: [incident("a", [[50, "investigating"]], { startedAt: at(10) })] })],
    ]);
    expect(minutes(past, { until: 60 })).toMatchObject({ degraded_performance: 50, operational: 10 });
  });

  test("is corrected when the times of what is over are edited without a word", () => {
    const over = [
      [10, "investigating"],
      [40, "resolved"],
    ] as const;
    const edited = incident("a", over, { startedAt: at(0), resolvedAt: at(20), impact: "critical" });
    const { past } = live([quiet, ...course(over), [60, page({ incidents: [edited] })]]);
    expect(minutes(past)).toMatchObject({ major_outage: 20, operational: 100 });
  });

  test("does not count the time between an end and a reopening", () => {
    const reopened = [
      [10, "investigating"],
      [20, "resolved"],
      [50, "identified"],
      [60, "resolved"],
    ] as const;
    expect(minutes(live([quiet, ...course(reopened)]).past)).toMatchObject({ degraded_performance: 20 });
  });

  test("counts an incident that goes on until now", () => {
    const { past } = live([quiet, ...course([[10, "investigating"]])]);
    expect(minutes(past, { until: 500 })).toMatchObject({ degraded_performance: 490 });
  });

  test("counts what disappeared until we took it to be over", () => {
    const { past } = live([quiet, ...course([[10, "investigating"]]), [30, page({})], [31, page({})]]);
    expect(minutes(past)).toMatchObject({ degraded_performance: 21 });
  });

  test("counts the worst of what is true at the same time, and only that", () => {
    const both = [
      incident("a", [[10, "investigating"]], { impact: "critical" }),
      incident("b", [[0, "investigating"]]),
    ];
    expect(minutes(live([quiet, [15, page({ incidents: both })]]).past, { until: 30 })).toMatchObject({
      degraded_performance: 10,
      major_outage: 20,
    });
  });

  test("has the minutes of maintenance apart, where nothing worse is true", () => {
    const works = maintenance("m", [
      [0, "scheduled"],
      [30, "in_progress"],
      [90, "completed"],
    ]);
    const worse = incident("a", [
      [60, "investigating"],
      [120, "resolved"],
    ]);
    const { past } = live([quiet, [121, page({ maintenances: [works], incidents: [worse] })]]);
    expect(minutes(past, { until: 120 })).toMatchObject({ under_maintenance: 30, degraded_performance: 60 });
  });

  test("counts no maintenance that is only announced, or was called off", () => {
    const announced = maintenance("m", [[0, "scheduled"]], { scheduledFor: at(10), scheduledUntil: at(20) });
    const called = maintenance(
      "n",
      [
        [0, "scheduled"],
        [5, "cancelled"],
      ],
      { scheduledFor: at(10) },
    );
    const { past } = live([quiet, [6, page({ maintenances: [announced, called] })]]);
    expect(minutes(past)).toMatchObject({ operational: 120 });
  });

  test("shares what goes on over midnight with the next", () => {
    const { past } = live([
      quiet,
      ...course([
        [10, "investigating"],
        [900, "resolved"],
      ]),
    ]);
    expect(days(past, { until: 1000, count: 2 }).map(({ seconds }) => seconds.degraded_performance / 60)).toEqual([
      830, 60,
    ]);
  });

  test("begins and ends when the reader's does", () => {
    const { past } = live([
      quiet,
      ...course([
        [10, "investigating"],
        [900, "resolved"],
      ]),
    ]);
    const tokyo = days(past, { until: 1000, count: 2, timeZone: "Asia/Tokyo" });
    expect(tokyo.map(({ date, seconds }) => [date, seconds.degraded_performance / 60])).toEqual([
      ["2026-03-01", 290],
      ["2026-03-02", 600],
    ]);
  });

  test("is unknown where nobody looked, unless the vendor has told since what was", () => {
    const { past } = live([
      quiet,
      ...course([
        [40, "investigating"],
        [50, "resolved"],
      ]),
    ]);
    const [day] = days(withGap(past, 30, 60));
    expect(minutes(withGap(past, 30, 60))).toMatchObject({ unknown: beforeTen + 20, degraded_performance: 10 });
    expect(day?.observed).toBe(90 * 60);
  });

  test("from before we looked has what the vendor tells of it", () => {
    const { past } = live([
      [
        0,
        page({
          incidents: [
            incident("a", [
              [-60, "investigating"],
              [-30, "resolved"],
            ]),
          ],
        }),
      ],
    ]);
    expect(minutes(past)).toMatchObject({ unknown: beforeTen - 30, degraded_performance: 30, operational: 120 });
  });

  test("of a page without components has what the page says of itself", () => {
    const says = (indicator: "none" | "critical"): Snapshot => page({ page: { name: "Acme", indicator } });
    const { past } = live([
      [0, says("none")],
      [10, says("critical")],
      [30, says("none")],
    ]);
    expect(minutes(past)).toMatchObject({ major_outage: 20, operational: 100 });
  });

  test("is closed for what a page's old platform knew, when it moves to another", () => {
    const { past, known } = live([quiet, ...course([[10, "investigating"]])]);
    const before = { ...known, page: { ...known.page, format: "statuspage" } };
    const moved = spokenIn(before, "instatus", { at: at(30), name: "acme" }).known;
    expect(minutes(grown(past, passed(before, moved, at(30))))).toMatchObject({ degraded_performance: 20 });
  });
});

describe("a day on which clocks are changed", () => {
  test.each([
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z", 23],
    ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z", 25],
    ["Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00.000Z", 24.5],
    // Without a midnight.
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z", 23],
    ["Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00.000Z", 23],
    ["America/Toronto", "1919-03-31", "1919-03-31T04:30:00.000Z", 23.5],
    // With two of them.
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z", 25],
    ["America/St_Johns", "2010-11-07", "2010-11-07T02:30:00.000Z", 25],
    // Its last hour comes twice.
    ["Asia/Beirut", "2026-10-24", "2026-10-23T21:00:00.000Z", 25],
    // The one that Samoa left out.
    ["Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z", 0],
  ])("is as long as it is in %s, %s", (timeZone, date, begins, hours) => {
    const now = Date.parse(begins) / 1000 + hours * 3600 + 7;
    const [day] = daysOf(noPast, { days: 2, now, timeZone });
    expect([day?.date, day?.seconds.unknown]).toEqual([date, hours * 3600]);
  });
});

describe("a component's day", () => {
  const wanted = { component: "api" };

  test("has what it declared of itself, from the time that the vendor gives", () => {
    const { past } = live([
      [0, page({ components: [component("api", "operational")] })],
      [50, page({ components: [component("api", "major_outage", { updatedAt: at(10) })] })],
      [60, page({ components: [component("api", "operational", { updatedAt: at(60) })] })],
    ]);
    expect(minutes(past, wanted)).toMatchObject({ major_outage: 50, operational: 70 });
  });

  test("has the incidents that name it, and no others", () => {
    const components = [component("api", "operational"), component("web", "operational")];
    const named = incident("a", [[10, "investigating"]], { components: [{ name: "api" }] });
    const { past } = live([
      [0, page({ components })],
      [10, page({ components, incidents: [named] })],
    ]);
    expect(minutes(past, wanted)).toMatchObject({ degraded_performance: 110 });
    expect(minutes(past, { component: "web" })).toMatchObject({ operational: 120 });
  });

  test("is unknown while the page does not list it, and nobody else's is", () => {
    const without = page({ components: [component("web", "operational")] });
    const both = page({ components: [component("web", "operational"), component("api", "operational")] });
    const { past } = live([
      [0, without],
      [10, both],
      [30, without],
      [31, without],
    ]);
    expect(minutes(past, wanted)).toEqual({ unknown: beforeTen + 10 + 89, operational: 21 });
    expect(minutes(past)).toMatchObject({ operational: 120 });
  });

  test("is unknown where its vendor's word is", () => {
    const { past } = live([
      [0, page({ components: [component("api", "operational")] })],
      [30, page({ components: [component("api", "unknown", { rawStatus: "meh" })] })],
    ]);
    expect(minutes(past, wanted)).toEqual({ unknown: beforeTen + 90, operational: 30 });
  });
});

const quiet: Read = [0, page({})];

/** An incident that is told at each step of its course. */
function course(steps: readonly (readonly [number, string])[], more = {}): Read[] {
  return steps.map(([minute], index) => [
    minute,
    push({ incidents: [incident("a", steps.slice(0, index + 1), more)] }),
  ]);
}

function withGap(past: Past, from: number, until: number): Past {
  return { ...past, gaps: [{ from: Date.parse(at(from)) / 1000, until: Date.parse(at(until)) / 1000 }] };
}
