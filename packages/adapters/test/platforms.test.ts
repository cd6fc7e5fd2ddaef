import { describe, expect, test } from "@jest/globals";
import { formatNamed } from "../src/adapt.ts";
import { type Format, urlsOf } from "../src/format.ts";
import { formats } from "../src/formats.ts";
import { told } from "./fixtures.ts";

const { cachet, cstate, lambstatus, openstatus, site24x7, sorry } = formats;
const { statusio, statuspal, upptime, uptimerobot } = formats;
const uptimeKuma = formats["uptime-kuma"];

describe("a platform's page", () => {
  test.each([
    [statusio, "https://status.acme.com/pages/5f6260bda4fd7e04c9254a9b"],
    [statusio, "https://api.status.io/1.0/status/5f6260bda4fd7e04c9254a9b"],
  ])("on Status.io is asked for by its id", (format, page) => {
    expect(asked(format, page)).toEqual([["https://api.status.io/1.0/status/5f6260bda4fd7e04c9254a9b"]]);
  });

  test("on StatusPal is asked for where either region keeps it", () => {
    expect(asked(statuspal, "https://acme.statuspal.io/")).toEqual([
      ["https://statuspal.io/api/v2/status_pages/acme/summary"],
      ["https://statuspal.eu/api/v2/status_pages/acme/summary"],
    ]);
  });

  test("on its own domain is asked for by the summary's URL it was given with", () => {
    const summary = "https://statuspal.eu/api/v2/status_pages/acme/summary";
    expect(asked(statuspal, summary)).toEqual([[summary], [summary]]);
  });

  test.each([
    ["https://up.acme.com/status/api/", "api"],
    ["https://up.acme.com/", "default"],
  ])("of Uptime Kuma at %s is called %s", (page, slug) => {
    expect(asked(uptimeKuma, page)).toEqual([
      [`https://up.acme.com/api/status-page/${slug}`, `https://up.acme.com/api/status-page/heartbeat/${slug}`],
    ]);
  });

  test("of Upptime is read from its repository", () => {
    expect(asked(upptime, "https://github.com/acme/up")).toEqual([
      ["https://raw.githubusercontent.com/acme/up/HEAD/history/summary.json"],
    ]);
  });

  test.each(["https://stats.uptimerobot.com/AbC", "https://stats.uptimerobot.com/api/getMonitorList/AbC"])(
    "on UptimeRobot, %s, is asked for by its id",
    (page) => {
      expect(asked(uptimerobot, page)).toEqual([["https://stats.uptimerobot.com/api/getMonitorList/AbC"]]);
    },
  );

  test("on StatusIQ is asked for by its host, or by its encrypted id", () => {
    const byId = "https://acme.site24x7statusiq.com/sp/api/public/summary_details/statuspages/Zx9";
    expect(asked(site24x7, "https://acme.site24x7statusiq.com/")).toEqual([
      ["https://acme.site24x7statusiq.com/sp/api/u/summary_details"],
    ]);
    expect(asked(site24x7, byId)).toEqual([[byId]]);
  });
});

test.each([
  [sorry, "https://status.example.com/api/v1/notices/..%2Fa%3Fb"],
  [cstate, "https://status.example.com/issues/..%2Fa%3Fb/index.json"],
  [lambstatus, "https://status.example.com/api/incidents/..%2Fa%3Fb"],
])("an incident's closing words are asked for where its id can do no harm", (format, url) => {
  expect(String(format.incidentUrl?.(new URL("https://status.example.com/x"), "../a?b"))).toBe(url);
});

test.each([
  ["betterstack-webhook", formats.betterstack],
  ["fedora-statusfpo", formats.fedora],
  ["pagerduty-status", formats.pagerduty],
  ["uptime-kuma", uptimeKuma],
])("%s is a name we know", (name, format) => {
  expect(formatNamed(name)).toBe(format);
});

describe("a component", () => {
  test("of OpenStatus whose name stands twice has the state of the one in trouble", () => {
    const row = (status: string) => ({ name: "API", status });
    const page = { page: {}, components: [row("operational"), row("partial_outage"), row("operational")] };
    expect(statesOf(openstatus, page)).toEqual([["API", "partial_outage"]]);
  });

  test.each([
    ["up", "operational"],
    ["upish", "unknown"],
  ])("of Upptime that is %s is %s", (theirs, status) => {
    const site = { name: "API", slug: "api", url: "https://api.example.com", status: theirs };
    expect(statesOf(upptime, [site])).toEqual([["api", status]]);
  });
});

test("pages of Cachet are asked for as version 3, then as version 2", () => {
  const paths = asked(cachet, "https://status.acme.com/").map((way) => way.map((url) => new URL(url).pathname));
  expect(paths).toEqual([
    ["/api/components", "/api/incidents", "/api/schedules"],
    ["/api/v1/components", "/api/v1/incidents", "/api/v1/schedules"],
  ]);
});

function asked(format: Format, page: string): string[][] {
  return format.ways.map((way) => urlsOf(way, new URL(page)).map(String));
}

function statesOf(format: Format, payload: unknown): [string, string][] {
  return format.adapt(payload, told).components.map(({ id, status }) => [id, status]);
}

describe("a reading of Better Stack's page", () => {
  const page = {
    id: "1",
    type: "status_page",
    attributes: { company_name: "Acme", aggregate_state: "operational" },
  };
  const coverageOf = (included: readonly unknown[]) =>
    formats.betterstack.adapt({ data: page, included }, told).coverage;

  test("is full when all in it could be read", () => {
    expect(coverageOf([])).toEqual({ components: "full", incidents: "full", maintenances: "full" });
  });

  test("is partial when something in it is of a kind that nobody knows, which may be what an incident has become", () => {
    expect(coverageOf([{ id: "2", type: "status_incident", attributes: {} }])).toEqual({
      components: "partial",
      incidents: "partial",
      maintenances: "partial",
    });
  });
});

describe("updates of Heroku's incident that are of one moment", () => {
  test("stand in the order in which the page has them, which is newest first", () => {
    const update = (id: string, update_type: string) => ({
      ...{ id, update_type, contents: id },
      created_at: "2026-01-01T00:00:00Z",
    });
    const incident = {
      ...{ id: 1, title: "Slow", state: "open" },
      updates: [update("2", "monitoring"), update("1", "issue")],
    };
    const said = formats.heroku.adapt([incident], told).incidents[0];
    expect(said?.updates.map(({ id }) => id)).toEqual(["1", "2"]);
  });
});
