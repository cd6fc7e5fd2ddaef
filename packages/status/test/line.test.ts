import { runInThisContext } from "node:vm";
import { afterEach, describe, expect, test } from "@jest/globals";
import { line } from "../src/index.ts";

const said = {
  timestamp: "2025-11-03T14:32:00.000Z",
  product: "OpenAI API - Chat Completions",
  status: "Degraded performance due to upstream issue.",
};

// Tests are given a copy of the environment; only the real one moves the zone.
const environment = runInThisContext("process.env") as NodeJS.ProcessEnv;
const zone = environment.TZ;

describe("the line for people", () => {
  test.each([
    ["UTC", "2025-11-03 14:32:00"],
    ["Asia/Kolkata", "2025-11-03 20:02:00"],
    ["America/Los_Angeles", "2025-11-03 06:32:00"],
  ])("is two lines, byte for byte, in the time of %s", (tz, time) => {
    environment.TZ = tz;
    expect(line(said)).toBe(
      `[${time}] Product: OpenAI API - Chat Completions\nStatus: Degraded performance due to upstream issue.`,
    );
  });

  test("writes each part of a time in full", () => {
    environment.TZ = "UTC";
    expect(line({ ...said, timestamp: "2026-01-02T03:04:05.678Z" })).toContain("[2026-01-02 03:04:05]");
  });

  test.each(["\n", "\r\n", "\u2028", "\u0085", "\u000b", "\u001b[2J\n", "\n[2025-01-01 00:00:00] Product: "])(
    "is two lines whatever a vendor writes: %j",
    (hostile) => {
      const text = line({ ...said, product: `a${hostile}b`, status: `c${hostile}d` });
      expect(text.split(/[\p{Cc}\u2028\u2029]/u)).toHaveLength(2);
    },
  );

  test("leaves a vendor's words otherwise as they are", () => {
    expect(line({ ...said, status: "**a** <b> & c_d" })).toMatch(/\nStatus: \*\*a\*\* <b> & c_d$/);
  });
});

afterEach(() => {
  if (zone === undefined) delete environment.TZ;
  else environment.TZ = zone;
});
