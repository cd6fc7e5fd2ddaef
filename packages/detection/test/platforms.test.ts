import { afterEach, describe, expect, test } from "@jest/globals";
import { ask, fixture, play, type Played, type Site } from "./local.ts";

let server: Played | undefined;
afterEach(() => server?.close());

const cachet3 = "/api/components?per_page=100&include=group";
const ulidPage = fixture("incidentio/compat-summary-quiet.json");

describe("a page", () => {
  test.each<[platform: string, format: string, way: number, site: Site]>([
    [
      "incident.io",
      "incidentio",
      0,
      { "/proxy/HOST": fixture("incidentio/proxy-quiet.json"), "/api/v2/summary.json": ulidPage },
    ],
    ["incident.io, without its own interface", "incidentio", 1, { "/api/v2/summary.json": ulidPage }],
    ["incident.io, with nothing but a feed", "incidentio", 3, { "/feed.atom": fixture("incidentio/feed.atom") }],
    ["Statuspage", "statuspage", 0, { "/api/v2/summary.json": fixture("statuspage/summary-quiet.json") }],
    ["Instatus 3", "instatus", 0, { "/v3/summary.json": fixture("instatus/summary-v3-quiet.json") }],
    ["Instatus 1", "instatus", 1, { "/summary.json": fixture("instatus/summary-v1-issues.json") }],
    ["Better Stack", "betterstack", 0, { "/index.json": fixture("betterstack/index-quiet.json") }],
    ["Cachet 3", "cachet", 0, { [cachet3]: fixture("cachet/v3-components.json") }],
    ["Cachet 2", "cachet", 1, { "/api/v1/components?per_page=100": fixture("cachet/v2-components.json") }],
    ["OpenStatus", "openstatus", 0, { "/summary.json": fixture("openstatus/summary-quiet.json") }],
    ["cState", "cstate", 0, { "/index.json": fixture("cstate/index-quiet.json") }],
    ["Gatus", "gatus", 0, { "/api/v1/endpoints/statuses": fixture("gatus/statuses-quiet.json") }],
    [
      "Uptime Kuma",
      "uptime-kuma",
      0,
      {
        "/api/status-page/default": fixture("uptime-kuma/page.json"),
        "/api/status-page/heartbeat/default": fixture("uptime-kuma/heartbeat.json"),
      },
    ],
    ["PagerDuty", "pagerduty", 0, { "/": fixture("pagerduty/quiet.html") }],
  ])("of %s is surely that", async (_platform, format, way, site) => {
    server = await play(site);
    const { best, tried } = await ask(server.url);
    expect(best).toMatchObject({ format, way, sure: "strong", page: `${server.url}/` });
    expect(tried.at(-1)).toMatchObject({ format, outcome: "strong", status: 200 });
  });

  test("that is a parent's sub-page on incident.io is found by its own address", async () => {
    server = await play({
      "/europe": fixture("incidentio/page.html"),
      "/proxy/HOST": fixture("incidentio/proxy-parent-page.json"),
    });
    const { best } = await ask(`${server.url}/europe`);
    expect(best).toMatchObject({ format: "incidentio", way: 0, sure: "strong", page: `${server.url}/europe` });
  });

  test("is asked no further once something is sure", async () => {
    server = await play({ "/proxy/HOST": fixture("incidentio/proxy-quiet.json") });
    await ask(server.url);
    expect(server.asked).toEqual(["/", "/proxy/HOST"]);
  });

  test("is asked each address once, and fifteen at most", async () => {
    server = await play({});
    await ask(server.url);
    expect(new Set(server.asked).size).toBe(server.asked.length);
    expect(server.asked.length).toBeLessThanOrEqual(15);
  });

  test("of Statuspage is told from incident.io's imitation by its id", async () => {
    server = await play({ "/api/v2/summary.json": ulidPage });
    const { tried } = await ask(server.url);
    expect(tried.find(({ format }) => format === "statuspage")).toMatchObject({ outcome: "no", status: 200 });
  });

  test("that talks like Statuspage under an id of its own is only likely to be one", async () => {
    const mimic = fixture("statuspage/summary-quiet.json").replace(/"k7q2m9x4w1zp"/g, '"acme"');
    server = await play({ "/api/v2/summary.json": mimic });
    expect((await ask(server.url)).best).toMatchObject({ format: "statuspage", sure: "medium" });
  });

  test("says its name", async () => {
    server = await play({ "/v3/summary.json": fixture("instatus/summary-v3-quiet.json") });
    const { page } = JSON.parse(fixture("instatus/summary-v3-quiet.json")) as { page: { name: string } };
    expect((await ask(server.url)).best?.name).toBe(page.name);
  });
});
