import { runInThisContext } from "node:vm";
import { afterEach, describe, expect, test } from "@jest/globals";
import {
  boundsOf,
  type Day,
  dateInWords,
  daysOf,
  markOf,
  percent,
  sentenceOf,
  summaryOf,
  uptimeInWords,
  wasOn,
} from "../web/days.ts";

// Tests are given a copy of the environment; only the real one moves the zone.
const environment = runInThisContext("process.env") as NodeJS.ProcessEnv;
const zone = environment.TZ;

afterEach(() => {
  if (zone === undefined) delete environment.TZ;
  else environment.TZ = zone;
});

describe("what went on for a while", () => {
  test.each([
    ["within the day", "2025-11-03T14:00:00Z", "2025-11-03T15:00:00Z", true],
    ["since before it", "2025-11-01T14:00:00Z", "2025-11-03T00:00:01Z", true],
    ["and goes on still", "2025-11-01T14:00:00Z", undefined, true],
    ["until the day before", "2025-11-02T14:00:00Z", "2025-11-02T23:59:59Z", false],
    ["from the day after", "2025-11-04T00:00:00Z", undefined, false],
  ])("%s was on that day, or was not", (_when, from, until, expected) => {
    environment.TZ = "UTC";
    expect(wasOn("2025-11-03", { from, until })).toBe(expected);
  });

  test.each([
    ["UTC", "2025-11-03"],
    ["America/Los_Angeles", "2025-11-03"],
    ["Asia/Tokyo", "2025-11-04"],
  ])("was on a day of the reader's, in %s on %s", (tz, date) => {
    environment.TZ = tz;
    const hour = { from: "2025-11-03T16:00:00Z", until: "2025-11-03T17:00:00Z" };
    const days = ["2025-11-02", "2025-11-03", "2025-11-04", "2025-11-05"];
    expect(days.filter((day) => wasOn(day, hour))).toEqual([date]);
  });
});

describe("a day of the reader's", () => {
  test.each([
    ["Asia/Tokyo", "2025-11-04", "2025-11-03T15:00:00.000Z", 24],
    ["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z", 23],
    ["Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z", 25],
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z", 23],
    ["America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z", 25],
  ])("in %s, %s, begins and ends as the server counts it", (tz, date, begun, hours) => {
    environment.TZ = tz;
    const { begins, ends } = boundsOf(date);
    expect([new Date(begins).toISOString(), (ends - begins) / 3_600_000]).toEqual([begun, hours]);
  });

  test.each(["UTC", "Asia/Tokyo", "America/Los_Angeles"])("is written as the date that it is, in %s", (tz) => {
    environment.TZ = tz;
    expect(dateInWords("2026-11-22")).toContain("22");
  });
});

describe("a day in words", () => {
  test.each([
    ["operational", {}, 1440, ": operational"],
    ["in trouble", { major_outage: 42, degraded_performance: 10 }, 1440, ": major outage 42 min, degraded 10 min"],
    ["under maintenance", { under_maintenance: 60 }, 1440, ": maintenance 1 h"],
    ["seen in part", { unknown: 110 }, 1330, ": operational; observed 22 h 10 min of 1 d"],
    ["seen by nobody", { unknown: 1440 }, 0, ": not measured; observed 0 min of 1 d"],
  ])("that was %s", (_what, minutes, observed, sentence) => {
    // The date is written as the reader writes it.
    expect(sentenceOf(day(minutes, observed)).endsWith(sentence)).toBe(true);
  });
});

describe("a day's mark", () => {
  test("is the worst that was declared, maintenance or not", () => {
    expect(markOf(day({ under_maintenance: 600, partial_outage: 1 }))).toBe("partial_outage");
  });

  test("is never green where nobody looked", () => {
    expect(markOf(day({ unknown: 1440 }, 0))).toBe("unknown");
  });
});

describe("many days in words", () => {
  test("are counted by their mark, with the one major outage", () => {
    const days = [day({}), day({}), day({ major_outage: 42 }), day({ unknown: 1440 }, 0)];
    expect(summaryOf(days)).toMatch(
      /^Last 4 days: 2 operational, 1 major outage \(42 min on .*2025.*\), 1 not measured\.$/,
    );
  });

  test("that were alike are told apart again", () => {
    const runs = [{ from: "2025-11-30", days: 3, minutes: { operational: 1440 }, observed: 1440 }];
    expect(daysOf({ runs }).map(({ date }) => date)).toEqual(["2025-11-30", "2025-12-01", "2025-12-02"]);
  });
});

describe("an uptime in words", () => {
  test.each([
    [1, "100 %"],
    [0.999_999, "99.99 %"],
    [0.9993, "99.93 %"],
    [0.5, "50.00 %"],
  ])("of %d is rounded down", (share, written) => expect(percent(share)).toBe(written));

  test("says why there is none", () => {
    const since = "2025-11-12T00:00:00.000Z";
    expect(uptimeInWords({ uptime: null, coverage: 1, since, runs: [] })).toMatch(/^collecting since .*2025/);
    expect(uptimeInWords({ uptime: null, coverage: 0.5, since, runs: [] })).toContain("too little observed");
    expect(uptimeInWords({ uptime: null, coverage: 0, runs: [] })).toBe("not read yet");
  });
});

/** The third of November, of which what is not said was operational. */
function day(minutes: Day["minutes"], observed = 1440): Day {
  const said = Object.values(minutes).reduce((sum, one) => sum + one, 0);
  const rest = 1440 - said;
  return {
    date: "2025-11-03",
    minutes: rest ? { ...minutes, operational: rest } : minutes,
    observed,
    passed: 1440,
  };
}
