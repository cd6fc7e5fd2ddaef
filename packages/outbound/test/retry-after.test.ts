import { describe, expect, test } from "@jest/globals";
import { retryAfterMs } from "../src/retry-after.ts";

const noon = "Mon, 03 Nov 2025 12:00:00 GMT";
const minute = 60_000;

describe("Retry-After", () => {
  test.each([
    ["in seconds", "30", 30_000],
    ["in parts of a second", "1.5", 1500],
    ["of nothing is a second", "0", 1000],
    ["of a day is an hour", "86400", 60 * minute],
    ["beyond all numbers is an hour", "9".repeat(400), 60 * minute],
    ["as a date is told by the server's own clock", "Mon, 03 Nov 2025 12:02:00 GMT", 2 * minute],
    ["as a date of next year is an hour", "Tue, 03 Nov 2026 12:00:00 GMT", 60 * minute],
    ["as a date gone by is a minute", "Mon, 03 Nov 2025 11:59:59 GMT", minute],
    ["as the date of now is a minute", noon, minute],
  ])("%s", (_what, asked, ms) => {
    expect(retryAfterMs({ "retry-after": asked, date: noon })).toBe(ms);
  });

  test.each(["", "soon", "wait 5", "-5", "1e3", "0x10", "Mon, 99 Nov 2025 12:00:00 GMT", "2025-11-03T12:00:00Z"])(
    "cannot be read as %j",
    (asked) => {
      expect(retryAfterMs({ "retry-after": asked, date: noon })).toBeUndefined();
    },
  );

  test("as a date is told by our clock when the server shows none", () => {
    expect(retryAfterMs({ "retry-after": new Date(Date.now() + 3_000_000).toUTCString() })).toBeGreaterThan(
      2_900_000,
    );
  });
});
