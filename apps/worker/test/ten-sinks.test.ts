import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { closeQueues, Delivery } from "@statuswire/queues";
import { compare, Event, type Incident, type Snapshot } from "@statuswire/status";
import { joinGroup } from "@statuswire/store";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { type Context, createContext } from "../src/context.ts";
import { createDeliverer } from "../src/deliver.ts";
import { createAsk } from "../src/ask.ts";
import { startDispatcher } from "../src/dispatch.ts";
import { createGate } from "../src/gate.ts";
import { createPrinter } from "../src/print.ts";
import { createProcessor } from "../src/processor.ts";
import { createRouter } from "../src/routing.ts";
import { createSendOff } from "../src/send-off.ts";
import { closeWorkers, openWorker } from "../src/workers.ts";
import { openPlace, type Place } from "./place.ts";
import { holdAll, at, writeConfig } from "./stage.ts";

let redis: FreshRedis;
let places: Place[];
let config: Awaited<ReturnType<typeof writeConfig>>;
let context: Context;
let stop: () => Promise<void>;

beforeEach(async () => {
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  redis = await freshRedis();
  places = await Promise.all(Array.from({ length: 10 }, () => openPlace()));
  const sinks = places.map(
    ({ url }, index) => [`sink${index}`, { kind: "webhook", url, order: "strict" }] as const,
  );
  config = await writeConfig([], Object.fromEntries(sinks));
  const env = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0" };
  context = await createContext(readConfig(env), () => undefined);
  await holdAll(context);
  stop = start();
});
afterEach(async () => {
  await Promise.all(places.map((place) => place.close()));
  await stop();
  jest.restoreAllMocks();
  await config.remove();
  await redis.stop();
});

describe("with one of ten sinks a black hole, and one that answers 500", () => {
  test("the others get every event, and the two get all of them after that, in order and once", async () => {
    const [hole, broken, ...others] = places;
    hole?.answer(0);
    broken?.answer(500);
    const told = await tellStories(6, 5);
    for (const place of others) await waitFor(place, told.length);
    for (const place of others) expect(heard(place)).toEqual(told);
    expect([taken(hole), taken(broken)]).toEqual([[], []]);

    hole?.answer(200);
    broken?.answer(200);
    for (const place of [hole, broken]) await waitFor(place, told.length);
    expect([heard(hole), heard(broken)]).toEqual([told, told]);
  }, 120_000);
});

/** What delivers, on the context of a worker: with a breaker that soon tries again, and nothing else. */
function start(): () => Promise<void> {
  const { redis: connection, queues, sinks, outbound, tell } = context;
  const parts = { ...context, gate: createGate({ atOnce: 8, restMs: 300, now: () => Date.now(), tell }) };
  const group = joinGroup(
    { redis: connection, blocking: connection.duplicate() },
    { group: "dispatch", consumer: "one" },
  );
  const route = createRouter({ ...context, originOf: () => undefined });
  const [sendOff, print] = [createSendOff(context), createPrinter(context)];
  const dispatcher = startDispatcher({ ...context, group, route, sendOff, print, ask: createAsk(context) });
  const process = createProcessor({ data: Delivery, perform: createDeliverer(parts), isolate: undefined, tell });
  const common = { redis: connection, process, failed: () => undefined, tell };
  const worker = openWorker({ name: "deliveries", kind: "deliveries", concurrency: 20, ...common });
  return async () => {
    await Promise.all([dispatcher.stop(), closeWorkers([worker], 10_000)]);
    await closeQueues(queues);
    await sinks.close();
    outbound.close();
    connection.disconnect();
  };
}

/** Lets so many incidents happen, each in so many steps; gives what is to be heard of each, in its order. */
async function tellStories(incidents: number, steps: number): Promise<string[]> {
  for (let step = 0; step < steps; step++) {
    for (let one = 0; one < incidents; one++) await hear(`inc${one}`, step);
  }
  return Array.from({ length: incidents }, (_story, one) =>
    Array.from({ length: steps }, (_update, step) => `inc${one} step ${step}`),
  ).flat();
}

async function hear(id: string, step: number): Promise<void> {
  const updates = Array.from({ length: step + 1 }, (_update, minute) => ({
    id: `${minute}`,
    status: "investigating",
    body: `step ${minute}`,
    at: at(minute).toISOString(),
  }));
  const time = at(step).toISOString();
  const fields = { title: id, status: "investigating", impact: "major" } as const;
  const incident: Incident = { id, ...fields, components: [], updates, updatedAt: time };
  const coverage = { components: "partial", incidents: "partial", maintenances: "partial" } as const;
  const told: Snapshot = { page: {}, coverage, components: [], incidents: [incident], maintenances: [] };
  const how = { via: "webhook", at: time } as const;
  await context.store.transition("acme", (known) => compare(known, told, { at: time, name: "Acme" }), how);
}

async function waitFor(place: Place | undefined, count: number): Promise<void> {
  await waitUntil(`${count} events`, () => taken(place).length >= count, 60_000);
}

/** What a place has taken, as it came. */
function taken(place: Place | undefined): Event[] {
  const posts = place?.posts.filter(({ status }) => status === 200) ?? [];
  return posts.map(({ body }) => Event.parse(JSON.parse(body)));
}

/** The same, incident by incident. */
function heard(place: Place | undefined): string[] {
  const events = taken(place);
  const ids = [...new Set(events.map(({ incident }) => incident?.id ?? ""))].sort();
  return ids.flatMap((id) =>
    events.filter(({ incident }) => incident?.id === id).map(({ status }) => `${id} ${status}`),
  );
}
