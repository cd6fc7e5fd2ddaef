import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { addAlone, closeQueues, openQueues, type Queues } from "@statuswire/queues";
import type { Service } from "@statuswire/service";
import type { Simulator } from "@statuswire/simulator";
import { createLags, lagTotal } from "@statuswire/store";
import { freshRedis, type FreshRedis, hasPromtool, promtool, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { startWorker } from "../src/service.ts";
import { entries, servePages } from "./page.ts";
import { openPlace, type Place } from "./place.ts";
import { webhook, writeConfig } from "./stage.ts";

const promtoolTest = hasPromtool() ? test : test.skip;

let redis: FreshRedis;
let queues: Queues;
let pages: Simulator;
let place: Place;
let config: Awaited<ReturnType<typeof writeConfig>>;
let worker: Service;

beforeEach(async () => {
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  redis = await freshRedis();
  queues = openQueues(redis.connect());
  [pages, place] = await Promise.all([servePages("acme"), openPlace()]);
  config = await writeConfig(entries(pages, "acme"), { team: { kind: "webhook", url: place.url } });
  const env = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0" };
  worker = await startWorker(readConfig(env), () => undefined);
});
afterEach(async () => {
  await worker.stop();
  jest.restoreAllMocks();
  await Promise.all([pages.close(), place.close(), closeQueues(queues), config.remove()]);
  await redis.stop();
});

describe("the metrics of a worker", () => {
  test("say how long polls, recordings and deliveries took, and how far we are behind the vendor", async () => {
    await hear("Slow.", secondsAgo(40));
    for (const counted of [
      'statuswire_poll_duration_seconds_count{outcome="changed"} 1',
      'statuswire_record_duration_seconds_count{via="webhook"} 1',
      'statuswire_delivery_duration_seconds_count{sink="team"} 1',
      'statuswire_delivery_duration_seconds_count{sink="console"} 1',
      'statuswire_vendor_lag_seconds_bucket{le="30",via="webhook"} 0',
      'statuswire_vendor_lag_seconds_bucket{le="120",via="webhook"} 1',
    ])
      await waitUntil(counted, async () => (await lines()).includes(counted));
  });

  test("begin with zero for what is rare, or its first occurrence would be no increase", async () => {
    for (const zero of [
      'statuswire_delivery_failures_total{sink="team",outcome="refused"} 0',
      'statuswire_deliveries_repeated_total{sink="team"} 0',
      'statuswire_deliveries_doubled_total{sink="console"} 0',
      'statuswire_dead_letters_total{queue="quarantine"} 0',
    ])
      await waitUntil(zero, async () => (await lines()).includes(zero));
  });

  test("count tries to deliver that failed, and dead letters by the kind of their queue", async () => {
    place.answer(500);
    await hear("Slow.");
    const failed = 'statuswire_delivery_failures_total{sink="team",outcome="failed"} 1';
    await waitUntil("the failed one", async () => (await lines()).includes(failed));
    place.answer(403);
    const refused = 'statuswire_delivery_failures_total{sink="team",outcome="refused"} 1';
    await waitUntil("the refused one", async () => (await lines()).includes(refused));
    const buried = 'statuswire_dead_letters_total{queue="deliveries"} 1';
    await waitUntil("the dead letter", async () => (await lines()).includes(buried));
  });

  test("are for all workers together where days are counted: in Redis", async () => {
    await hear("Slow.", secondsAgo(40));
    const lags = createLags(redis.connect());
    const counted = await waitUntil("three lags", async () => {
      const found = await lags.ofDay(Date.now());
      return found.length >= 3 ? found : undefined;
    });
    const told = counted.map(({ step, provider, sink, counts }) => [step, provider, sink, lagTotal(counts)]);
    expect(told.sort()).toEqual([
      ["delivered", "acme", "console", 1],
      ["delivered", "acme", "team", 1],
      ["seen", "acme", "", 1],
    ]);
  });

  promtoolTest("are written as Prometheus wants them", async () => {
    await hear("Slow.", secondsAgo(40));
    await waitUntil("it to be delivered", () => place.posts.length > 0);
    expect(await promtool(["check", "metrics"], (await lines()).join("\n"))).toEqual({ code: 0, output: "" });
  });
});

async function lines(): Promise<string[]> {
  return (await (await fetch(`${worker.url}/metrics`)).text()).split("\n");
}

/** A Statuspage's webhook about an incident, and what became of it once all have been told. */
async function hear(body: string, at = new Date()): Promise<void> {
  const [created_at, id] = [at.toISOString(), body];
  const update = { id, status: "investigating", body, created_at };
  const incident = {
    id,
    name: body,
    status: "investigating",
    impact: "minor",
    created_at,
    incident_updates: [update],
  };
  await addAlone(queues, [webhook("acme", { page: { id: "acme" }, incident }, new Date())]);
}

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1000);
}
