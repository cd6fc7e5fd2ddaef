import { describe, expect, test } from "@jest/globals";
import { formats } from "../src/formats.ts";
import { snapshotOf } from "../src/adapt.ts";

describe("a URL that a vendor gives", () => {
  test.each([
    ["https://status.acme.test/1", "https://status.acme.test/1"],
    ["javascript:alert(1)", undefined],
    ["data:text/html,x", undefined],
  ])("is taken only if it leads to the web: %s", (given, taken) => {
    const { page, incidents, maintenances } = snapshotOf(formats.statuspage, summary(given), { at });
    expect([page, ...incidents, ...maintenances].map(({ url }) => url)).toEqual([taken, taken, taken]);
  });
});

const at = "2026-01-01T00:00:00.000Z";

function summary(url: string): string {
  const affair = {
    name: "Trouble",
    impact: "minor",
    shortlink: url,
    updated_at: at,
    incident_updates: [],
    components: [],
  };
  return JSON.stringify({
    page: { id: "acme", name: "Acme", url, updated_at: at },
    status: { indicator: "minor" },
    components: [],
    incidents: [{ ...affair, id: "1", status: "investigating", created_at: at }],
    scheduled_maintenances: [
      { ...affair, id: "2", status: "scheduled", created_at: at, scheduled_for: at, scheduled_until: at },
    ],
  });
}
