import { describe, expect, test } from "@jest/globals";
import type { ComponentStatus } from "@statuswire/status";
import { headline } from "../src/views/headline.ts";

describe("the headline", () => {
  test.each<[string, ComponentStatus[]]>([
    ["Nothing is being watched yet.", []],
    ["No known problems in 2 services", ["operational", "operational"]],
    ["No known problems in 1 of 2 services · 1 not reporting", ["operational", "unknown"]],
    ["Problems in 1 of 3 services · 1 not reporting", ["operational", "unknown", "degraded_performance"]],
    ["No known problems in 2 services · 1 under maintenance", ["operational", "under_maintenance"]],
    ["None of 2 services is reporting", ["unknown", "unknown"]],
  ])("is “%s”", (sentence, states) => {
    expect(headline(states.map((state) => ({ state })))).toBe(sentence);
  });

  test("never counts as fine what can't be read any more", () => {
    const stale = { since: "2025-11-03T14:00:00.000Z", reason: "HTTP 403" };
    expect(headline([{ state: "operational", stale }, { state: "operational" }])).toBe(
      "No known problems in 1 of 2 services · 1 not reporting",
    );
  });
});
