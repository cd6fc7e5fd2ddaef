import { describe, expect, test } from "@jest/globals";
import { formats, snapshotOf } from "@statuswire/adapters";
import { changeComponents, render, resolveIncident, type Page } from "../src/index.ts";
import { at, broken, quiet, read } from "./pages.ts";

const ulid: unknown = expect.stringMatching(/^0[0-9A-HJKMNP-TV-Z]{25}$/);

describe("incident.io's compatible summary", () => {
  test("leaves out every list that would be empty", () => {
    expect(Object.keys(summary(quiet("incidentio")))).toEqual(["page", "components", "status"]);
  });

  test("tells whole seconds, and the same time for every component", () => {
    const page = changeComponents(
      quiet("incidentio"),
      { API: "partial_outage" },
      new Date("2026-03-01T12:03:04.567Z"),
    );
    const { components, page: told } = summary(page);
    expect(told).toEqual({
      id: ulid,
      name: "Acme",
      updated_at: "2026-03-01T12:03:04Z",
      url: "https://status.acme.example/",
    });
    expect(times(components)).toEqual(Array.from({ length: 3 }, () => "2026-03-01T12:03:04Z"));
  });

  test("holds 25 components, others after each change, and their place in the list", () => {
    const page = quiet("incidentio", { components: Array.from({ length: 31 }, (_, index) => `C${index}`) });
    const [before, after] = [page, changeComponents(page, { C0: "major_outage" }, at(1))].map((each) =>
      summary(each),
    );
    expect(before?.components).toHaveLength(25);
    expect(before?.components).toMatchObject([
      { name: "C0", position: 0 },
      { name: "C1", position: 1 },
      ...any(23),
    ]);
    expect(after?.components).toMatchObject([
      { name: "C1", position: 0 },
      { name: "C2", position: 1 },
      ...any(23),
    ]);
  });

  test("tells an incident without the components that it affects", () => {
    const { incidents } = summary(broken("incidentio"));
    expect(incidents).toEqual([
      {
        id: ulid,
        name: "Delays",
        status: "investigating",
        impact: "minor",
        page_id: ulid,
        created_at: "2026-03-01T12:01:00Z",
        updated_at: "2026-03-01T12:01:00Z",
        incident_updates: [expect.objectContaining({ id: ulid, body: "We are investigating." })],
      },
    ]);
  });

  test.each(["incidents/unresolved.json", "scheduled-maintenances.json"])("has no %s", (name) => {
    const { status, type } = render(broken("incidentio"), asked(`/api/v2/${name}`));
    expect([status, type]).toEqual([404, "text/html; charset=utf-8"]);
  });

  test("forgets an incident once it is resolved; the list of incidents keeps it", () => {
    expect(summary(resolved())).not.toHaveProperty("incidents");
    expect(document(resolved(), "/api/v2/incidents.json").incidents).toMatchObject([
      { resolved_at: "2026-03-01T12:09:00Z" },
    ]);
  });
});

describe("incident.io's own summary", () => {
  test("names every component, and gives a state to those alone that are not operational", () => {
    const page = changeComponents(quiet("incidentio"), { Search: "major_outage" }, at(1));
    expect(own(page)).toMatchObject({
      components: [{ name: "API" }, { name: "Search" }, { name: "US East" }],
      affected_components: [{ component_id: page.components[1]?.id, status: "full_outage" }],
      structure: {
        items: [any(1)[0], any(1)[0], { group: { name: "Voice", components: [{ name: "US East" }] } }],
      },
    });
  });

  test("links an incident to its components, oldest update first", () => {
    const page = broken("incidentio");
    const component_id = page.components[0]?.id;
    expect(own(page).ongoing_incidents).toMatchObject([
      {
        affected_components: [
          { component_id, status: "degraded_performance", current_status: "degraded_performance" },
        ],
        component_impacts: [{ component_id, start_at: "2026-03-01T12:01:00.000Z" }],
        updates: [{ to_status: "investigating", message_string: "We are investigating." }],
      },
    ]);
  });

  test("ends an impact where its component recovers", () => {
    const { incidents } = document(resolved(), "/proxy/status.acme.example/incidents");
    expect(incidents).toMatchObject([
      {
        component_impacts: [{ end_at: "2026-03-01T12:09:00.000Z" }],
        updates: [any(1)[0], { to_status: "resolved" }],
      },
    ]);
    expect(own(resolved()).ongoing_incidents).toEqual([]);
  });
});

describe("our own adapter", () => {
  test.each([
    ["the compatible summary", "/api/v2/summary.json"],
    ["incident.io's own summary", "/proxy/status.acme.example"],
  ])("understands %s", (_what, path) => {
    const page = broken("incidentio");
    expect(
      snapshotOf(formats.incidentio, render(page, asked(path)).body, { at: at(2).toISOString() }),
    ).toMatchObject({
      page: { id: page.vendorId, name: "Acme" },
      coverage: { incidents: "full" },
      components: expect.arrayContaining([
        expect.objectContaining({ id: page.components[0]?.id, name: "API", status: "degraded_performance" }),
      ]),
      incidents: [
        {
          title: "Delays",
          status: "investigating",
          impact: "minor",
          updates: [{ body: "We are investigating." }],
        },
      ],
    });
  });

  test("reads the closing words in the list of incidents", () => {
    const { body } = render(resolved(), asked("/api/v2/incidents.json"));
    expect(snapshotOf(formats.incidentio, body, { at: at(10).toISOString() }).incidents).toMatchObject([
      { status: "resolved", updates: [{ body: "We are investigating." }, { body: "Over." }] },
    ]);
  });
});

function resolved(): Page {
  const page = broken("incidentio");
  return resolveIncident(page, page.incidents[0]?.id ?? "", { body: "Over.", at: at(9) });
}

function summary(page: Page) {
  return document(page, "/api/v2/summary.json");
}

function own(page: Page) {
  return document(page, "/proxy/status.acme.example").summary as Record<string, unknown>; // Rendered a line ago.
}

function document(page: Page, path: string) {
  return read(render(page, asked(path)).body);
}

function asked(path: string) {
  return { path, origin: "https://status.acme.example" };
}

function any(count: number): object[] {
  return Array.from({ length: count }, () => ({}));
}

function times(components: unknown): unknown[] {
  return (components as { updated_at: string }[]).map(({ updated_at }) => updated_at); // Rendered a line ago.
}
