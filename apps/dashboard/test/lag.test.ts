import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createLags, type LagHistogram, lagBucketOf, type LagOf } from "@statuswire/store";
import { createRegistry } from "@statuswire/telemetry";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { createLagMetrics } from "../src/lag-metrics.ts";
import { createLagStatistics } from "../src/lag-statistics.ts";
import type { LagView } from "../src/views/lag-view.ts";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

const dayMs = 24 * 3_600_000;

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme", "globex"]);
  await took(seen("acme"), [30, 30, 30, 600]);
  await took(seen("acme"), [7200], 10);
  await took(seen("globex"), [60]);
  await took(delivered("acme", "console"), [0.2, 0.2]);
  await took(delivered("globex", "console"), [5]);
  await took(delivered("acme", "pager"), [1]);
  await took(seen("gone"), [1]);
});
afterAll(async () => {
  await window.close();
  await server.stop();
});

describe("lag in the API", () => {
  test("is told by sink, and of all providers, over 7 and 30 days", async () => {
    const lags = await lagsOf("");
    expect(subjects(lags)).toEqual([
      ["vendor_to_seen", undefined, undefined],
      ["seen_to_delivered", undefined, "console"],
      ["seen_to_delivered", undefined, "pager"],
    ]);
    expect(lags.map(({ windows }) => windows.map(({ days, events }) => [days, events]))).toEqual([
      [
        [7, 6],
        [30, 7],
      ],
      [
        [7, 3],
        [30, 3],
      ],
      [
        [7, 1],
        [30, 1],
      ],
    ]);
  });

  test("is told by provider, of those in the configuration", async () => {
    const lags = await lagsOf("?by=provider");
    expect(subjects(lags)).toEqual([
      ["vendor_to_seen", "acme", undefined],
      ["vendor_to_seen", "globex", undefined],
      ["seen_to_delivered", "acme", undefined],
      ["seen_to_delivered", "globex", undefined],
    ]);
    expect(lags[0]?.windows).toEqual([
      { days: 7, events: 4, p50Seconds: near(30), p95Seconds: near(600) },
      { days: 30, events: 5, p50Seconds: near(30), p95Seconds: near(7200) },
    ]);
  });

  test("is told of one provider by sink", async () => {
    const lags = await lagsOf("?provider=acme");
    expect(subjects(lags)).toEqual([
      ["vendor_to_seen", "acme", undefined],
      ["seen_to_delivered", "acme", "console"],
      ["seen_to_delivered", "acme", "pager"],
    ]);
    expect(lags[1]?.windows[0]).toEqual({ days: 7, events: 2, p50Seconds: near(0.2), p95Seconds: near(0.2) });
  });

  test("is told of a provider that is not in the configuration any more, when asked for it", async () => {
    expect(await lagsOf("?provider=gone")).toMatchObject([{ provider: "gone" }]);
  });

  test("is told of one sink by provider", async () => {
    const lags = await lagsOf("?sink=console");
    expect(lags.map(({ provider, windows }) => [provider, windows[1]?.events])).toEqual([
      [undefined, 3],
      ["acme", 2],
      ["globex", 1],
    ]);
  });
});

describe("lag in the metrics", () => {
  test("is that of the providers and sinks in the configuration", async () => {
    const metrics = (await (await window.get("/metrics")).text()).split("\n");
    const named = (name: string) =>
      metrics.flatMap((line) => (line.startsWith(`${name}{`) ? [line.replace(/ \S+$/, "")] : []));
    expect(
      named("statuswire_provider_lag_seconds").filter((line) => line.includes('days="7",percentile="95"')),
    ).toEqual([
      'statuswire_provider_lag_seconds{provider="acme",days="7",percentile="95"}',
      'statuswire_provider_lag_seconds{provider="globex",days="7",percentile="95"}',
    ]);
    expect(named("statuswire_sink_lag_seconds")).toHaveLength(4);
    expect(named("statuswire_provider_sink_lag_seconds")).toHaveLength(8);
  });

  test("is bounded: of very many pairs of a provider and a sink, those with the most events have one", async () => {
    const names = Array.from({ length: 2_003 }, (_, index) => `p${index}`);
    const histograms = names.map((name, index) => histogram(name, index < 3 ? 1 : 2));
    const registry = createRegistry();
    const lags = {
      lately: () =>
        Promise.resolve([
          { days: 7, histograms },
          { days: 30, histograms },
        ]),
    };
    createLagMetrics({ lags, registry, providers: () => names, sinks: () => ["console"], now: () => 0 });
    const lines = (await registry.metrics())
      .split("\n")
      .filter((line) => line.includes("statuswire_provider_sink"));
    const series = lines.filter((line) => line.startsWith("statuswire_provider_sink_lag_seconds{"));
    expect([series.length, series.filter((line) => /"p[012]"/.test(line)).length]).toEqual([8_000, 0]);
    expect(lines).toContain("statuswire_provider_sink_lags_left_out 3");
  });
});

describe("the statistics of lag", () => {
  test("read days that are over once, and today again", async () => {
    const read: number[] = [];
    let now = Date.parse("2026-03-01T12:00:00.000Z");
    const ofDay = (day: number) => Promise.resolve(void read.push(day)).then((): LagHistogram[] => []);
    const statistics = createLagStatistics({ lags: { ofDay }, now: () => now });
    await Promise.all([statistics.lately(), statistics.lately()]);
    expect(read).toHaveLength(30);
    now += 60_000;
    await statistics.lately();
    expect(read.slice(30).map((day) => new Date(day).toISOString().slice(0, 10))).toEqual([
      "2026-03-01",
      "2026-02-28",
    ]);
  });
});

function subjects(lags: readonly LagView[]): unknown[] {
  return lags.map(({ step, provider, sink }) => [step, provider, sink]);
}

async function lagsOf(query: string): Promise<LagView[]> {
  return ((await window.json(`/api/v1/lag${query}`)) as { lags: LagView[] }).lags;
}

async function took(of: LagOf, seconds: readonly number[], daysAgo = 0): Promise<void> {
  const counted = seconds.map((each) => ({ ...of, bucket: lagBucketOf(each * 1000), count: 1 }));
  await createLags(server.connect()).count(counted, Date.now() - daysAgo * dayMs);
}

function seen(provider: string): LagOf {
  return { step: "seen", provider, sink: "" };
}

function delivered(provider: string, sink: string): LagOf {
  return { step: "delivered", provider, sink };
}

function histogram(provider: string, events: number): LagHistogram {
  return { ...delivered(provider, "console"), counts: new Map([[7, events]]) };
}

/** Right to 10 %, and written with two digits. */
function near(seconds: number): unknown {
  return {
    asymmetricMatch: (found: unknown) => typeof found === "number" && Math.abs(found / seconds - 1) < 0.1,
    toString: () => `near ${seconds}`,
  };
}
