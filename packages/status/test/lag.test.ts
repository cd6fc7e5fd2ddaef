import { describe, expect, test } from "@jest/globals";
import { vendorLagMs } from "../src/index.ts";

const seen = "2026-03-01T12:00:10.250Z";
const event = { initial: false, inferred: false, timestamp: "2026-03-01T12:00:00.000Z", observedAt: seen };

describe("the lag behind the vendor", () => {
  test("is the time from the vendor's own time of an event until we saw it", () => {
    expect(vendorLagMs(event)).toBe(10_250);
  });

  test("is nothing where the vendor's clock is a little ahead of ours", () => {
    expect(vendorLagMs({ ...event, timestamp: "2026-03-01T12:00:12.000Z" })).toBe(0);
  });

  test.each([
    ["belongs to the first look", { initial: true }],
    ["was concluded by us", { inferred: true }],
    ["has no time of the vendor's", { timestamp: seen }],
    ["is announced for later", { timestamp: "2026-03-02T00:00:00.000Z" }],
  ])("is not told of what %s", (_what, differences) => {
    expect(vendorLagMs({ ...event, ...differences })).toBeUndefined();
  });
});
