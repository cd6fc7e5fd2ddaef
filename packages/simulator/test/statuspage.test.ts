import { describe, expect, test } from "@jest/globals";
import { formats, snapshotOf } from "@statuswire/adapters";
import {
  completeMaintenance,
  openIncident,
  render,
  resolveIncident,
  scheduleMaintenance,
  startMaintenance,
  updateIncident,
  type Page,
} from "../src/index.ts";
import { at, broken, quiet, read } from "./pages.ts";

describe("a Statuspage summary", () => {
  test("has every list while it is quiet", () => {
    expect(summary(quiet("statuspage"))).toMatchObject({
      page: { id: expect.stringMatching(/^[0-9a-z]{12}$/), name: "Acme", time_zone: "Etc/UTC" },
      status: { indicator: "none", description: "All Systems Operational" },
      incidents: [],
      scheduled_maintenances: [],
    });
  });

  test("lists groups among their children, with their derived state", () => {
    const { components } = summary(quiet("statuspage"));
    expect(components).toMatchObject([
      { name: "API", position: 1, group: false, group_id: null },
      { name: "Search", position: 2 },
      { name: "US East", position: 1, group_id: expect.any(String) },
      { name: "Voice", group: true, status: "operational", components: [expect.any(String)] },
    ]);
  });

  test("tells updates newest first, with what they did", () => {
    const { incidents } = summary(monitored());
    expect(incidents).toMatchObject([
      {
        monitoring_at: "2026-03-01T12:07:00.000Z",
        resolved_at: null,
        incident_updates: [
          { status: "monitoring", affected_components: null },
          { status: "investigating", affected_components: [{ name: "API", new_status: "degraded_performance" }] },
        ],
      },
    ]);
  });

  test.each([
    ["America/Los_Angeles", "2026-03-01T04:01:00.000-08:00"],
    ["Asia/Kolkata", "2026-03-01T17:31:00.000+05:30"],
    ["Etc/UTC", "2026-03-01T12:01:00.000Z"],
  ])("tells times in the page's zone, %s", (timeZone, time) => {
    expect(summary(broken("statuspage", { timeZone })).page).toMatchObject({ updated_at: time });
  });

  test("no longer lists an incident once it is resolved; the list of incidents and its own document do", () => {
    const page = resolveIncident(monitored(), idOf(monitored()), { body: "Over.", at: at(9) });
    const resolved = { status: "resolved", resolved_at: "2026-03-01T12:09:00.000Z" };
    expect(summary(page).incidents).toEqual([]);
    expect(document(page, "incidents.json").incidents).toMatchObject([resolved]);
    expect(document(page, `incidents/${idOf(page)}.json`).incident).toMatchObject(resolved);
  });

  test("lists all that is open, while the list of incidents holds the newest fifty", () => {
    const page = Array.from({ length: 60 }).reduce<Page>(opened, quiet("statuspage"));
    expect(summary(page).incidents).toHaveLength(60);
    expect(document(page, "incidents.json").incidents).toHaveLength(50);
  });

  test("lists a maintenance from its announcement to its completion", () => {
    const states = [scheduled(), started(), completed()].map((page) => summary(page).scheduled_maintenances);
    const window = { scheduled_for: "2026-03-01T12:30:00.000Z", scheduled_until: "2026-03-01T13:00:00.000Z" };
    expect(states).toMatchObject([[{ status: "scheduled", ...window }], [{ status: "in_progress" }], []]);
    expect(summary(started()).status).toMatchObject({ indicator: "maintenance" });
  });

  test.each([
    ["upcoming", [1, 0, 0]],
    ["active", [0, 1, 0]],
  ])("has its %s maintenances in a list of their own", (kind, counts) => {
    const lists = [scheduled(), started(), completed()].map(
      (page) => document(page, `scheduled-maintenances/${kind}.json`).scheduled_maintenances,
    );
    expect(lists.map((list) => (Array.isArray(list) ? list.length : undefined))).toEqual(counts);
  });

  test("is understood by our own adapter", () => {
    const page = monitored();
    expect(snapshotOf(formats.statuspage, body(page, "summary.json"), { at: at(8).toISOString() })).toMatchObject({
      page: { name: "Acme", indicator: "minor" },
      coverage: { components: "full", incidents: "full", maintenances: "full" },
      components: [
        { name: "API", status: "degraded_performance" },
        { name: "Search" },
        { name: "US East", group: "Voice" },
      ],
      incidents: [
        {
          id: idOf(page),
          title: "Delays",
          status: "monitoring",
          components: [{ name: "API" }],
          updates: [{ body: "We are investigating." }, { body: "Better." }],
        },
      ],
    });
  });
});

function opened(page: Page): Page {
  return openIncident(page, { title: "Delays", impact: "minor", status: "investigating", body: "…", at: at(1) });
}

function monitored(): Page {
  const page = broken("statuspage");
  return updateIncident(page, idOf(page), { status: "monitoring", body: "Better.", at: at(7) });
}

function scheduled(): Page {
  const window = { from: at(30), until: at(60) };
  const announcement = { title: "Index", body: "Soon.", components: ["Search"], ...window, at: at(1) };
  return scheduleMaintenance(quiet("statuspage"), announcement);
}

function started(): Page {
  const page = scheduled();
  return startMaintenance(page, page.maintenances[0]?.id ?? "", { body: "Now.", at: at(30) });
}

function completed(): Page {
  const page = started();
  return completeMaintenance(page, page.maintenances[0]?.id ?? "", { body: "Done.", at: at(55) });
}

function idOf(page: Page): string {
  return page.incidents[0]?.id ?? "";
}

function summary(page: Page) {
  return document(page, "summary.json");
}

function document(page: Page, name: string) {
  return read(body(page, name));
}

function body(page: Page, name: string): string {
  return render(page, { path: `/api/v2/${name}`, origin: "https://status.acme.example" }).body;
}
