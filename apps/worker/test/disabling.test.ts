import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Delivery } from "@statuswire/queues";
import { GoneError, type Sink } from "@statuswire/sinks";
import { type Event, PermanentError, RetryLaterError, subjectOf } from "@statuswire/status";
import { keys, sinkStateOf } from "@statuswire/store";
import { createDeliverer } from "../src/deliver.ts";
import { openStage, someSinks, type Stage } from "./stage.ts";

const noon = Date.UTC(2026, 2, 1, 12);
const day = 24 * 3_600_000;

let stage: Stage;
let event: Event;
let heard: Event[];
let now: number;

beforeEach(async () => {
  [heard, now] = [[], noon];
  stage = await openStage([{ id: "acme", page: "http://127.0.0.1:1", format: "statuspage", every: 60 }]);
  const [told] = await stage.push("acme", {
    page: { name: "Acme" },
    component: { name: "API" },
    incident: { body: "Slow." },
  });
  if (!told) throw new Error("Nothing was told.");
  event = told;
});
afterEach(() => stage.close());

describe("a sink that is gone for good", () => {
  test("is disabled, loudly, through another", async () => {
    await fail(new GoneError("It is gone."));
    expect(stage.told.at(-1)).toMatchObject({ happening: "sink.disabled", fields: { sink: "team" } });
    await deliverQueued();
    expect(heard).toMatchObject([{ type: "sink.disabled", product: "Statuswire sink team" }]);
  });

  test("gets nothing any more, until it is enabled", async () => {
    await fail(new GoneError("It is gone."));
    expect(await deliver()).toBe("disabled");
    expect((await stage.traces.of(event.seq)).attempts.at(-1)).toMatchObject({ outcome: "disabled" });
    expect(await stage.healths.enable("team")).toBe(true);
    expect(await deliver()).toBe("delivered");
  });

  test("is told of once, however many events it refuses", async () => {
    await fail(new GoneError("It is gone."));
    await fail(new GoneError("It is gone."));
    await deliverQueued();
    expect(heard).toHaveLength(1);
  });
});

describe("a sink that fails", () => {
  test("for five days is disabled", async () => {
    for (let times = 0; times < 10; times++) await fail(new Error("down"));
    now += 5 * day;
    await fail(new Error("down"));
    expect(await stage.healths.of("team")).toMatchObject({
      reason: "it has failed for five days",
      disabledAt: now,
    });
  });

  test.each<[string, () => Promise<void>]>([
    ["for less", () => failTimes(20, new Error("down"))],
    ["now and then", () => failTimes(2, new Error("down")).then(pass5Days)],
    ["by refusing what it does not like", () => failTimes(20, new PermanentError("no")).then(pass5Days)],
    ["by asking us to wait", () => failTimes(20, new RetryLaterError("wait", { delayMs: 1 })).then(pass5Days)],
    [
      "with a success in between",
      () =>
        failTimes(20, new Error("down"))
          .then(() => deliver())
          .then(pass5Days),
    ],
  ])("%s is not", async (_how, course) => {
    await course();
    expect((await stage.healths.of("team")).disabledAt).toBeUndefined();
  });
});

describe("a sink that refuses an event, or fails three times in a row", () => {
  test.each<[string, () => Promise<void>]>([
    ["refuses", () => fail(new PermanentError("The channel is archived."))],
    ["fails", () => failTimes(3, new Error("The channel is archived."))],
  ])("is told of through another, with the reason: %s", async (_how, course) => {
    await course();
    expect(sinkStateOf(await stage.healths.of("team"))).toBe("failing");
    await deliverQueued();
    expect(heard).toMatchObject([{ type: "sink.failing", product: "Statuswire sink team" }]);
    expect(heard[0]?.status).toContain("The channel is archived.");
    expect(stage.told.filter(({ happening }) => happening === "sink.failing")).toHaveLength(1);
  });

  test("is told of once a day, however often it recovers in between", async () => {
    for (let times = 0; times < 3; times++) {
      await fail(new PermanentError("no"));
      await stage.redis.del(`{sw}:delivered:${event.seq}:team`, keys.told("team", subjectOf(event)));
      await deliver();
      await stage.redis.del(`{sw}:delivered:${event.seq}:team`, keys.told("team", subjectOf(event)));
    }
    await deliverQueued();
    expect(heard).toHaveLength(1);
    expect(await stage.redis.ttl(keys.alarm("team"))).toBeGreaterThan(0);
  });

  test("is told of after a crash before that, too", async () => {
    await stage.healths.alarm("team", event.seq);
    await fail(new PermanentError("no"));
    await deliverQueued();
    expect(heard).toMatchObject([{ type: "sink.failing" }]);
  });

  test("is well again once it takes one", async () => {
    await fail(new PermanentError("no"));
    expect(await stage.healths.of("team")).toMatchObject({ refusals: 1, refusingSince: now, error: "no" });
    await deliver();
    expect(sinkStateOf(await stage.healths.of("team"))).toBe("ok");
  });

  test("that is given up later is told of again", async () => {
    await failTimes(10, new Error("down"));
    await deliverQueued();
    now += 5 * day;
    await fail(new Error("down"));
    await deliverQueued();
    expect(heard.map(({ type }) => type)).toEqual(["sink.failing", "sink.disabled"]);
  });

  test.each<[string, () => Promise<void>]>([
    ["fails twice", () => failTimes(2, new Error("down"))],
    ["asks us to wait", () => failTimes(9, new RetryLaterError("wait", { delayMs: 1 }))],
  ])("is not one that %s", async (_how, course) => {
    await course();
    expect(sinkStateOf(await stage.healths.of("team"))).toBe("ok");
  });
});

async function failTimes(times: number, error: Error): Promise<void> {
  for (let time = 0; time < times; time++) await fail(error);
}

async function pass5Days(): Promise<void> {
  now += 5 * day;
  await failTimes(1, new Error("down"));
}

async function fail(error: Error): Promise<void> {
  await deliver({ deliver: () => Promise.reject(error) }).catch(() => undefined);
}

/** Delivers the event to `team`; the others listen. */
async function deliver(team: Sink = { deliver: () => Promise.resolve() }) {
  return tell({ v: 1, eventId: event.id, seq: event.seq, sink: "team" }, team);
}

async function deliverQueued(): Promise<void> {
  for (const { data } of await stage.queues.deliveries.getJobs(["waiting"])) await tell(Delivery.parse(data));
}

function tell(delivery: Delivery, team: Sink = { deliver: () => Promise.resolve() }) {
  const other: Sink = { deliver: async (news) => void heard.push(news) };
  // What rests would not be tried.
  const gate = { pass: (_sink: string, attempt: () => Promise<void>) => attempt() };
  return createDeliverer({ ...stage, gate, sinks: someSinks({ team, other }), now: () => new Date(now) })(
    delivery,
  );
}
