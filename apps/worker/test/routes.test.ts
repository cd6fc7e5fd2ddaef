import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { addAlone, closeQueues, openQueues, type Queues } from "@statuswire/queues";
import type { Service } from "@statuswire/service";
import { Event } from "@statuswire/status";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { startWorker } from "../src/service.ts";
import { openPlace, type Place } from "./place.ts";
import { webhook, writeConfig } from "./stage.ts";

let redis: FreshRedis;
let queues: Queues;
let team: Place;
let pager: Place;
let config: Awaited<ReturnType<typeof writeConfig>> | undefined;
let worker: Service | undefined;

beforeEach(async () => {
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  redis = await freshRedis();
  queues = openQueues(redis.connect());
  [team, pager] = await Promise.all([openPlace(), openPlace()]);
});
afterEach(async () => {
  await Promise.all([team.close(), pager.close()]);
  await worker?.stop();
  jest.restoreAllMocks();
  await closeQueues(queues);
  await config?.remove();
  await redis.stop();
});

describe("rules in the file", () => {
  test("send each event where they say", async () => {
    await start([{ match: { provider: "acme" }, to: "pager" }, { to: "team" }]);
    await hear("acme", "Slow.");
    await hear("other", "Down.");
    expect([await statuses(pager, 1), await statuses(team, 1)]).toEqual([["Slow."], ["Down."]]);
  });

  test("tell late what still holds then, to whoever is to be told late", async () => {
    await start([{ to: "team", escalateAfter: { after: "1s", to: "pager" } }]);
    await hear("acme", "Slow.");
    expect(await statuses(pager, 1)).toEqual(["Slow."]);
    expect(await statuses(team, 1)).toEqual(["Slow."]);
  });

  test("are followed as they change", async () => {
    await start([{ to: [] }]);
    await config?.rewrite(providers, sinks(), { routes: [{ to: "team" }] });
    await waitUntil("an event to arrive", async () => {
      await hear("acme", `Slow since ${Date.now()}.`);
      return team.posts.length > 0;
    });
  });
});

const providers = ["acme", "other"].map((id) => ({
  id,
  page: "http://127.0.0.1:1",
  format: "statuspage",
  every: 3600,
}));

function sinks() {
  return { team: { kind: "webhook", url: team.url }, pager: { kind: "webhook", url: pager.url } };
}

async function start(routes: readonly object[]): Promise<void> {
  config = await writeConfig(providers, sinks(), { routes });
  const env = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0" };
  worker = await startWorker(readConfig(env), () => undefined);
}

async function hear(provider: string, body: string): Promise<void> {
  const envelope = { page: { name: provider }, component: { name: "API" }, incident: { name: body, body } };
  await addAlone(queues, [webhook(provider, envelope)]);
}

async function statuses({ posts }: Place, count: number): Promise<string[]> {
  await waitUntil(`${count} posts`, () => posts.length >= count);
  return posts.map(({ body }) => Event.parse(JSON.parse(body)).status);
}
