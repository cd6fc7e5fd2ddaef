import { describe, expect, test } from "@jest/globals";
import { epochSeconds, fromRfc822, zoneMinutes } from "../src/dates.ts";

describe("a feed's date", () => {
  test.each([
    ["Tue, 03 Mar 2026 08:40:00 PST", "2026-03-03T16:40:00.000Z"],
    ["Sun, 08 Mar 2026 03:40:00 PDT", "2026-03-08T10:40:00.000Z"],
    ["Fri, 31 Jul 2026 00:12:00 Z", "2026-07-31T00:12:00.000Z"],
    ["Mon, 24 Mar 2026 16:00:00 GMT", "2026-03-24T16:00:00.000Z"],
    ["Sun, 29 Mar 2026 03:30:00 +0200", "2026-03-29T01:30:00.000Z"],
    ["1 Jan 26 00:30 +05:30", "2025-12-31T19:00:00.000Z"],
  ])("%s is %s", (text, at) => {
    expect(fromRfc822(text)).toBe(at);
  });

  test.each([
    "",
    "yesterday",
    "Mon, 24 Mar 2026 16:00:00",
    "Mon, 24 Mar 2026 16:00:00 XYZ",
    "31 Feb 2026 00:00 Z",
  ])("%j is none", (text) => {
    expect(fromRfc822(text)).toBeUndefined();
  });
});

describe("a zone", () => {
  test.each([
    ["PDT", -420],
    ["z", 0],
    ["+05:30", 330],
    ["-0700", -420],
    ["JST", undefined],
    ["constructor", undefined],
  ])("%s is %j minutes from UTC", (zone, minutes) => {
    expect(zoneMinutes(zone)).toBe(minutes);
  });
});

describe("seconds since 1970", () => {
  test("may be a number or digits", () => {
    expect([epochSeconds.parse(1772369485), epochSeconds.parse("1772369485")]).toEqual([
      "2026-03-01T12:51:25.000Z",
      "2026-03-01T12:51:25.000Z",
    ]);
  });

  test.each([-1, 1e308, Number.NaN, "", "12:00", "1e9", "999999999999", null])("are not %j", (value) => {
    expect(epochSeconds.safeParse(value).success).toBe(false);
  });
});
