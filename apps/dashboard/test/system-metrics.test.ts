import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createHealths } from "@statuswire/store";
import { createRegistry } from "@statuswire/telemetry";
import { freshRedis, type FreshRedis, hasPromtool, promtool } from "@statuswire/testing";
import { createSystemMetrics } from "../src/system-metrics.ts";
import { deadLetter, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

const promtoolTest = hasPromtool() ? test : test.skip;

let server: FreshRedis;
let window: OpenWindow;
let metrics: string[];

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"]);
  const { queues } = window;
  const minuteAgo = Date.now() - 60_000;
  await queues.deliveries.add("team: acme", {}, { timestamp: minuteAgo });
  await queues.deliveries.add("team: acme", {}, { delay: 3_600_000 });
  await queues["dead-letters"].add("PermanentError", deadLetter());
  const healths = createHealths(server.connect());
  await healths.failed("console", Date.now(), "it is away");
  await healths.disable("console", Date.now());
  const at = new Date().toISOString();
  await window.tell("acme", { at, incidents: [incident("one", at)] });
  metrics = (await (await window.get("/metrics")).text()).split("\n");
});
afterAll(async () => {
  await window.close();
  await server.stop();
});

describe("the metrics of the whole system", () => {
  test.each([
    [
      "how many jobs there are, by kind of queue and state",
      'statuswire_queue_jobs{queue="deliveries",state="waiting"} 1',
    ],
    [
      "how many jobs there are, by kind of queue and state",
      'statuswire_queue_jobs{queue="deliveries",state="delayed"} 1',
    ],
    [
      "how many jobs there are, by kind of queue and state",
      'statuswire_queue_jobs{queue="polls",state="waiting"} 0',
    ],
    ["that nothing is old where nothing is due", 'statuswire_queue_oldest_job_seconds{queue="polls"} 0'],
    ["how many dead letters there are", "statuswire_dead_letters 1"],
    ["which sinks are disabled", 'statuswire_sink_disabled{sink="console"} 1'],
    ["how often sinks have failed", 'statuswire_sink_failures_in_a_row{sink="console"} 1'],
  ])("say %s", (_what, line) => {
    expect(metrics).toContain(line);
  });

  test("say how old the oldest job is", () => {
    const age = valueOf('statuswire_queue_oldest_job_seconds{queue="deliveries"}');
    expect(age).toBeGreaterThanOrEqual(60);
    expect(age).toBeLessThan(120);
  });

  test("say how old the oldest event is that is not on its way", () => {
    expect(valueOf("statuswire_dispatch_oldest_event_seconds")).toBeGreaterThan(0);
  });

  test("cost Redis no more when several scrape them", async () => {
    const registry = createRegistry();
    let asked = 0;
    let now = Date.now();
    const redis = server.connect();
    const { of } = createHealths(redis);
    const healths = { of: (sink: string) => (asked++, of(sink)) };
    const { queues } = window;
    createSystemMetrics({ redis, queues, healths, sinks: () => ["console"], registry, now: () => now });
    for (let times = 0; times < 3; times++) await registry.metrics();
    expect(asked).toBe(1);
    now += 6_000;
    await registry.metrics();
    expect(asked).toBe(2);
  });

  promtoolTest("are written as Prometheus wants them", async () => {
    expect(await promtool(["check", "metrics"], metrics.join("\n"))).toEqual({ code: 0, output: "" });
  });
});

function valueOf(series: string): number {
  return Number(metrics.find((line) => line.startsWith(`${series} `))?.slice(series.length));
}
