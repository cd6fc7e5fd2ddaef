import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { ProviderHistory } from "../src/routes/histories.ts";
import type { HistoryView } from "../src/views/history.ts";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, ["acme", "quiet"]);
});
afterEach(() => window.close());

describe("a provider's history in the API", () => {
  test("has a day for each that is asked for, today included, alike ones together", async () => {
    const { runs } = await history("?days=30");
    expect(runs.reduce((sum, { days }) => sum + days, 0)).toBe(30);
    expect(runs[0]).toMatchObject({ days: 29, minutes: { unknown: 1440 }, observed: 0 });
  });

  test("says how it is counted", async () => {
    const { timeZone, method, coverageMeans } = await history();
    expect([timeZone, method, coverageMeans]).toEqual([
      "UTC",
      expect.stringContaining("a partial one by 30 %"),
      expect.stringContaining("never operational"),
    ]);
  });

  test.each([
    ["Pacific/Kiritimati", "Pacific/Kiritimati"],
    ["Etc/GMT+12", "Etc/GMT+12"],
    ["europe/berlin", "Europe/Berlin"],
    ["Etc/UTC", "UTC"],
  ])("is of the days of the zone that is asked for, %s", async (asked, timeZone) => {
    const answer = await history(`?timeZone=${encodeURIComponent(asked)}`);
    expect([answer.timeZone, lastDay(answer)]).toEqual([timeZone, todayIn(asked)]);
    const everyone = await window.json(`/api/v1/history?timeZone=${encodeURIComponent(asked)}`);
    expect(everyone).toMatchObject({ timeZone, providers: [{ runs: answer.runs }, {}] });
  });

  test.each(["Mars/Olympus", "+05:30", "", "UTC&timeZone=UTC"])("is refused for no zone: %j", async (zone) => {
    const query = `timeZone=${zone.replace("+", "%2B")}`;
    for (const path of ["/api/v1/history", "/api/v1/providers/acme/history"])
      expect((await window.get(`${path}?${query}`)).status).toBe(400);
  });

  test("says what a zone looks like", async () => {
    expect(await window.json("/api/v1/history?timeZone=Mars/Olympus")).toMatchObject({
      detail: expect.stringContaining("This is no time zone. Write one such as Europe/Berlin."),
    });
  });

  test("has the minutes of each severity, for the provider and for the component", async () => {
    await lived();
    const { components, ...whole } = await history();
    expect(total(whole)).toMatchObject({ major_outage: 60, partial_outage: 30 });
    expect(components.map((one) => [one.id, total(one)["major_outage"] ?? 0])).toEqual([
      ["acme:api", 60],
      ["acme:web", 0],
    ]);
  });

  test("has the uptime of a week that was read, and how much of it was", async () => {
    await lived({ gap: { from: second(-10 * hours), until: second(-8 * hours) } });
    const { uptime, coverage, since } = await history();
    expect(uptime).toBeCloseTo(1 - (60 + 30 * 0.3) / ((10 * 24 - 2) * 60), 3);
    expect(coverage).toBeCloseTo(1 - 2 / 240, 3);
    expect(since).toBe(at(-240 * hours));
  });

  test("has no uptime while the page is not being read", async () => {
    await lived({ polled: at(-24 * hours) });
    expect(await history()).toMatchObject({ uptime: null, coverage: expect.closeTo(0.9, 3) });
  });

  test("changes as soon as something is recorded", async () => {
    await lived();
    await history();
    await window.tell("acme", { at: at(0), incidents: [incident("two", at(-90), { impact: "critical" })] });
    await waitUntil("the incident counts", async () => (total(await history())["major_outage"] ?? 0) >= 150);
  });

  test("is there for everyone at once", async () => {
    await lived();
    const { providers } = (await window.json("/api/v1/history?days=20")) as { providers: ProviderHistory[] };
    expect(providers.map((one) => [one.id, total(one)["major_outage"] ?? 0])).toEqual([
      ["acme", 60],
      ["quiet", 0],
    ]);
  });

  test("is a figure for Prometheus, where enough is known", async () => {
    await lived();
    const text = await (await window.get("/metrics")).text();
    expect(text).toMatch(/statuswire_provider_uptime_ratio\{provider="acme"\} 0\.99/);
    expect(text).not.toContain('uptime_ratio{provider="quiet"}');
    expect(text).toContain('statuswire_provider_coverage_ratio{provider="quiet"} 0');
  });

  test("is refused for more days than are kept", async () => {
    expect((await window.get("/api/v1/providers/acme/history?days=401")).status).toBe(400);
  });

  test("that nobody has heard of is a problem that says so", async () => {
    expect((await window.get("/api/v1/providers/nobody/history")).status).toBe(404);
  });
});

const hours = 60;
/** On the minute, so that none is split by midnight. */
const start = Math.floor(Date.now() / 60_000) * 60_000;

/** Ten days of a page with an hour of major outage and half an hour of an incident. */
async function lived({ polled = at(0), gap }: { polled?: string; gap?: { from: number; until: number } } = {}) {
  const components = (api: "operational" | "major_outage", when: string) => [
    component("API", api, when),
    component("Web", "operational", at(-240 * hours)),
  ];
  const minor = incident("one", at(-30 * hours), { status: "resolved", resolvedAt: at(-30 * hours + 30) });
  await window.tell("acme", { at: at(-240 * hours), components: components("operational", at(-240 * hours)) });
  await window.tell("acme", { at: at(-50 * hours), components: components("major_outage", at(-50 * hours)) });
  await window.tell("acme", { at: at(-49 * hours), components: components("operational", at(-49 * hours)) });
  const now = { at: at(-29 * hours), components: components("operational", at(-49 * hours)), incidents: [minor] };
  await window.tell("acme", now);
  await window.polled("acme", polled, gap);
}

async function history(query = ""): Promise<ProviderHistory> {
  return (await window.json(`/api/v1/providers/acme/history${query}`)) as ProviderHistory;
}

function lastDay({ runs }: Pick<HistoryView, "runs">): string {
  const { from = "", days = 0 } = runs.at(-1) ?? {};
  return new Date(Date.parse(from) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
}

/** The date, as Swedes write it. */
function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(Date.now());
}

/** The minutes of all days. */
function total({ runs }: Pick<HistoryView, "runs">): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const { days, minutes } of runs)
    for (const [state, spent] of Object.entries(minutes)) sum[state] = (sum[state] ?? 0) + days * spent;
  return sum;
}

/** So many minutes after now. */
function at(minutes: number): string {
  return new Date(start + minutes * 60_000).toISOString();
}

function second(minutes: number): number {
  return Math.floor(Date.parse(at(minutes)) / 1000);
}
