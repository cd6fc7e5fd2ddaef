import { describe, expect, test } from "@jest/globals";
import { formats, snapshotOf } from "@statuswire/adapters";
import { pushesOf, scheduleMaintenance, updateIncident, type Page } from "../src/index.ts";
import { at, broken, quiet } from "./pages.ts";

describe("what Statuspage pushes", () => {
  test("is one body for an incident and one for each component that it moved", () => {
    expect(pushes(broken("statuspage"))).toMatchObject([
      {
        page: { status_indicator: "minor" },
        incident: { name: "Delays", scheduled_for: null, backfilled: false },
      },
      {
        component: { name: "API" },
        component_update: { old_status: "operational", new_status: "degraded_performance" },
      },
    ]);
  });

  test("is one body where nothing moved", () => {
    const page = broken("statuspage");
    const affects = { API: "degraded_performance" } as const;
    const id = page.incidents[0]?.id ?? "";
    expect(
      pushes(updateIncident(page, id, { status: "identified", body: "Still.", affects, at: at(2) })),
    ).toHaveLength(1);
  });

  test("about a maintenance comes as an incident with a window", () => {
    expect(pushes(scheduled())).toMatchObject([
      { incident: { status: "scheduled", scheduled_for: "2026-03-01T12:30:00.000Z" } },
    ]);
  });

  test("says of an incident what a poll says", () => {
    const [incident] = pushes(broken("statuspage")).map(snapshot);
    expect(incident?.incidents).toMatchObject([
      { title: "Delays", status: "investigating", components: [{ name: "API" }] },
    ]);
  });

  test("says of a component what it is and what it was", () => {
    const [, component] = pushes(broken("statuspage")).map(snapshot);
    expect(component?.components).toMatchObject([
      { name: "API", status: "degraded_performance", from: "operational" },
    ]);
  });

  test("says of a maintenance that it is one", () => {
    const [maintenance] = pushes(scheduled()).map(snapshot);
    expect(maintenance).toMatchObject({ incidents: [], maintenances: [{ title: "Index", status: "scheduled" }] });
  });
});

function pushes(page: Page): object[] {
  const id = [...page.incidents, ...page.maintenances][0]?.id ?? "";
  return pushesOf(page, id, { origin: "https://status.acme.example", at: at(2) });
}

function snapshot(pushed: object) {
  return snapshotOf(formats.statuspage, JSON.stringify(pushed), { at: at(2).toISOString() });
}

function scheduled(): Page {
  const window = { from: at(30), until: at(60) };
  const announcement = { title: "Index", body: "Soon.", components: ["Search"], ...window, at: at(1) };
  return scheduleMaintenance(quiet("statuspage"), announcement);
}
