import { describe, expect, test } from "@jest/globals";
import { type MaintenanceStatus, stateOf } from "../src/index.ts";
import { after, hear, maintenance, page, quiet, replay, types } from "./page.ts";

const planned = page({ maintenances: [maintenance("m", [[0, "scheduled"]])] });

describe("a maintenance", () => {
  test("is told from its announcement to its end", () => {
    const course = [
      [0, "scheduled"],
      [1, "in_progress"],
      [2, "verifying"],
      [3, "completed"],
    ] as const;
    const history = course.map((_step, i) => page({ maintenances: [maintenance("m", course.slice(0, i + 1))] }));
    expect(types(replay(page({}), ...history).changes)).toEqual([
      "maintenance.scheduled",
      "maintenance.started",
      "maintenance.updated",
      "maintenance.completed",
    ]);
  });

  test.each<[MaintenanceStatus, string]>([
    ["scheduled", "maintenance.scheduled"],
    ["in_progress", "maintenance.started"],
    ["completed", "maintenance.completed"],
    ["cancelled", "maintenance.cancelled"],
    ["unknown", "maintenance.scheduled"],
  ])("first seen as %s is %s", (status, type) => {
    const seen = page({ maintenances: [maintenance("m", [[0, "seen"]], { status })] });
    expect(types(hear(quiet(), seen, 5).changes)).toEqual([type]);
  });

  test.each<[MaintenanceStatus, MaintenanceStatus, string]>([
    ["scheduled", "cancelled", "maintenance.cancelled"],
    ["verifying", "in_progress", "maintenance.updated"],
    ["in_progress", "unknown", "maintenance.updated"],
    ["completed", "in_progress", "maintenance.started"],
    ["cancelled", "scheduled", "maintenance.scheduled"],
  ])("that goes from %s to %s is %s", (from, to, type) => {
    const says = (status: MaintenanceStatus) =>
      page({ maintenances: [maintenance("m", [[0, "said"]], { status, rawStatus: status })] });
    expect(types(hear(after(page({}), says(from)), says(to), 5).changes)).toEqual([type]);
  });

  test("that is only planned leaves the page green; running, it does not", () => {
    const running = page({ maintenances: [maintenance("m", [[1, "in_progress"]])], page: { indicator: "none" } });
    expect([stateOf(after(page({ page: { indicator: "none" } }), planned)), stateOf(after(running))]).toEqual([
      "operational",
      "under_maintenance",
    ]);
  });
});
