import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Delivery, deliveryId, isolate } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import type { Simulator } from "@statuswire/simulator";
import { type Event, RetryLaterError } from "@statuswire/status";
import { createDeliverer } from "../src/deliver.ts";
import { createSendOff } from "../src/send-off.ts";
import { breaks, entries, says, servePages } from "./page.ts";
import { openStage, someSinks, type Stage } from "./stage.ts";

let pages: Simulator;
let stage: Stage;
let heard: string[];
let opened: Event;
let updated: Event;

beforeEach(async () => {
  heard = [];
  pages = await servePages("acme");
  stage = await openStage(entries(pages, "acme"));
  await read(0);
  pages.change("acme", breaks(1));
  opened = typed(await read(1), "incident.opened");
  pages.change("acme", says(2, "We know why."));
  updated = typed(await read(2), "incident.updated");
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("an event to a sink that keeps strict order", () => {
  test("waits for the one before it", async () => {
    const [first, second] = await sendOff("strict");
    await expect(deliver(second)).rejects.toThrow(RetryLaterError);
    expect([await deliver(first), await deliver(second)]).toEqual(["delivered", "delivered"]);
    expect(heard).toEqual([opened.id, updated.id]);
  });

  test("waits while the one before it fails", async () => {
    const [first, second] = await sendOff("strict");
    await expect(deliver(first, { deliver: () => Promise.reject(new Error("down")) })).rejects.toThrow("down");
    await expect(deliver(second)).rejects.toThrow(RetryLaterError);
  });

  test("waits while the one before it is in quarantine", async () => {
    const [first, second] = await sendOff("strict");
    if (first) await isolate(stage.queues, stage.queues.of(deliveryId(first)), first);
    const [job] = await stage.queues.deliveries.getJobs(["waiting"], 0, 0, true);
    await job?.remove();
    for (let tries = 0; tries < 3; tries++) await expect(deliver(second)).rejects.toThrow(RetryLaterError);
  });

  test("waits no more once that was given up", async () => {
    const [, second] = await sendOff("strict");
    const [job] = await stage.queues.deliveries.getJobs(["waiting"], 0, 0, true);
    await job?.remove();
    await expect(deliver(second)).rejects.toThrow(RetryLaterError);
    expect(await deliver(second)).toBe("delivered");
  });

  test("is told also when a later one was told before it was queued", async () => {
    const [, second] = await sendOff("strict", [updated, updated]);
    await deliver(second);
    const [first] = await sendOff("strict", [opened]);
    expect([await deliver(first), heard]).toEqual(["delivered", [updated.id, opened.id]]);
  });
});

describe("an event to a sink that keeps no order", () => {
  test("is told, whatever was told before", async () => {
    const [first, second] = await sendOff("none");
    expect([await deliver(second), await deliver(first)]).toEqual(["delivered", "delivered"]);
  });
});

let order: "strict" | "none";

/** Queues what is to be told, and gives the jobs' data. */
async function sendOff(kept: typeof order, events = [opened, updated]): Promise<Delivery[]> {
  order = kept;
  const sinks = someSinks({}, { audience: "program", order });
  await createSendOff({ ...stage, sinks })(events.map((event) => ({ event, sink: "team" })));
  const jobs = await stage.queues.deliveries.getJobs(["waiting"], 0, -1, true);
  return events.map(({ seq }) => Delivery.parse(jobs.find(({ data }) => (data as Delivery).seq === seq)?.data));
}

async function deliver(delivery: Delivery | undefined, sink = listener()) {
  if (!delivery) throw new Error("There is no such delivery.");
  const sinks = someSinks({ team: sink }, { audience: "program", order });
  return createDeliverer({ ...stage, sinks })(delivery);
}

function listener(): Sink {
  return { deliver: async ({ id }) => void heard.push(id) };
}

async function read(minutes: number): Promise<Event[]> {
  stage.clock(minutes);
  await stage.poll("acme");
  return stage.settle("acme");
}

function typed(events: readonly Event[], type: Event["type"]): Event {
  const found = events.find((event) => event.type === type);
  if (!found) throw new Error(`Nothing was told of type ${type}.`);
  return found;
}
