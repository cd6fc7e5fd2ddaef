import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { endOf, isWithin, type Window } from "../src/index.ts";

const everyDay = [0, 1, 2, 3, 4, 5, 6];

describe("a window", () => {
  test.each([
    ["2026-03-02T21:59:00Z", false],
    ["2026-03-02T22:00:00Z", true],
    ["2026-03-03T06:59:59Z", true],
    ["2026-03-03T07:00:00Z", false],
  ])("past midnight holds at %s: %s", (time, isIn) => {
    expect(isWithin([night("UTC")], Date.parse(time))).toBe(isIn);
  });

  test("goes by the clocks of its zone", () => {
    const berlin = [night("Europe/Berlin")];
    expect(
      ["2026-01-10T21:30:00Z", "2026-07-10T20:30:00Z"].map((time) => isWithin(berlin, Date.parse(time))),
    ).toEqual([true, true]);
  });

  test("belongs to the day on which it begins", () => {
    const friday = [{ ...night("UTC"), days: [5] }];
    expect(
      ["2026-03-06T23:00:00Z", "2026-03-07T06:00:00Z", "2026-03-07T23:00:00Z"].map((time) =>
        isWithin(friday, Date.parse(time)),
      ),
    ).toEqual([true, true, false]);
  });

  test.each([
    ["2026-03-02T23:00:00Z", "UTC", "2026-03-03T07:00:00.000Z"],
    ["2026-03-03T02:00:00Z", "UTC", "2026-03-03T07:00:00.000Z"],
    ["2026-03-28T23:00:00Z", "Europe/Berlin", "2026-03-29T05:00:00.000Z"],
    ["2026-10-24T21:00:00Z", "Europe/Berlin", "2026-10-25T06:00:00.000Z"],
  ])("entered at %s in %s is over at %s", (time, zone, end) => {
    expect(new Date(endOf([night(zone)], Date.parse(time))).toISOString()).toBe(end);
  });

  test("that another follows is over when that is", () => {
    const weekend = [{ days: [6, 0], from: 0, until: 1440, zone: "UTC" }];
    expect(new Date(endOf(weekend, Date.parse("2026-03-07T12:00:00Z"))).toISOString()).toBe(
      "2026-03-09T00:00:00.000Z",
    );
  });
});

describe("whenever and wherever a window is", () => {
  test("a moment in it is in it until its end, and then no more", () => {
    fc.assert(
      fc.property(windows(), moments(), (window, at) => {
        const end = endOf([window], at);
        return isWithin([window], at) ? end > at && !isWithin([window], end) : end === at;
      }),
    );
  });
});

function night(zone: string): Window {
  return { days: everyDay, from: 22 * 60, until: 7 * 60, zone };
}

// At least one day of the week is free, or it would have no end.
function windows(): fc.Arbitrary<Window> {
  return fc.record({
    days: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1 }),
    from: fc.nat({ max: 1439 }),
    until: fc.integer({ min: 1, max: 1440 }),
    zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"),
  });
}

function moments(): fc.Arbitrary<number> {
  const [from, until] = [Date.parse("2026-01-01"), Date.parse("2027-01-01")];
  return fc.integer({ min: from, max: until });
}
