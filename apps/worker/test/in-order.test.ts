import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Delivery, isolate, deliveryId } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import { type Event, PermanentError, RetryLaterError } from "@statuswire/status";
import { dispatchGroup, joinGroup, keys } from "@statuswire/store";
import { createDeliverer } from "../src/deliver.ts";
import { createSendOff } from "../src/send-off.ts";
import { at, openStage, someSinks, type Stage, webhook } from "./stage.ts";

let stage: Stage;
let heard: string[];
let events: Event[];

beforeEach(async () => {
  heard = [];
  stage = await openStage(
    ["acme", "globex"].map((id) => ({ id, page: "http://127.0.0.1:1", format: "statuspage" })),
  );
  events = [await happen("acme", "One"), await happen("acme", "Two"), await happen("acme", "Three")];
});
afterEach(() => stage.close());

describe("a sink that gets every event in order", () => {
  test("gets those before the one whose job comes first, and those after it", async () => {
    const [, second] = await sendOff(events);
    expect(await deliver(second)).toBe("delivered");
    expect(heard).toEqual(["One", "Two", "Three"]);
  });

  test("gets each once, whoever comes for it", async () => {
    const jobs = await sendOff(events);
    for (const job of jobs.toReversed()) await deliver(job);
    expect(heard).toEqual(["One", "Two", "Three"]);
    expect(await outcomes(jobs)).toEqual([["delivered"], ["delivered"], ["delivered"]]);
  });

  test("gets them in order when many workers come at once", async () => {
    const many = [...events];
    for (let more = 0; more < 20; more++) many.push(await happen("acme", `More ${more}`));
    const jobs = await sendOff(many);
    const left = new Set(jobs.toReversed());
    while (left.size) {
      const tried = [...left].map((job) => deliver(job).then(() => left.delete(job), asked));
      await Promise.all(tried);
    }
    expect(heard).toEqual(many.map(titleOf));
  });

  test("gets one that was queued without a place, as by an older version, too", async () => {
    const event = await happen("acme", "Late");
    expect(await deliver(deliveryOf(event))).toBe("delivered");
    expect(heard).toEqual(["Late"]);
  });

  test("does not wait for another provider's", async () => {
    const other = await happen("globex", "Other");
    const [first, , , last] = await sendOff([...events, other]);
    await expect(deliver(first, down)).rejects.toThrow("down");
    expect(await deliver(last)).toBe("delivered");
    expect(heard).toEqual(["Other"]);
  });

  test("gets nothing newer while an older one fails", async () => {
    const [first, second] = await sendOff(events);
    await expect(deliver(first, down)).rejects.toThrow("down");
    for (let tries = 0; tries < 3; tries++) await expect(deliver(second)).rejects.toThrow(RetryLaterError);
    expect(heard).toEqual([]);
    await deliver(first);
    expect(heard).toEqual(["One", "Two", "Three"]);
  });

  test("gets the newer ones once the older was buried", async () => {
    const [first, second] = await sendOff(events);
    const refusing = { deliver: () => Promise.reject(new PermanentError("no such channel")) };
    await expect(deliver(first, refusing)).rejects.toThrow(PermanentError);
    await removeJob(first);
    expect(await deliver(second)).toBe("delivered");
    expect(heard).toEqual(["Two", "Three"]);
  });

  test("gets nothing newer while an older one is in quarantine", async () => {
    const [first, second] = await sendOff(events);
    await expect(deliver(first, down)).rejects.toThrow("down");
    if (first) await isolate(stage.queues, stage.queues.of(deliveryId(first)), first);
    await removeJob(first);
    await expect(deliver(second)).rejects.toThrow(RetryLaterError);
  });

  test("is told by a job in quarantine of its own event alone", async () => {
    const [first, second] = await sendOff(events);
    await expect(deliver(second, listener(), { isAlone: true })).rejects.toThrow(RetryLaterError);
    expect(heard).toEqual([]);
    expect(await deliver(first, listener(), { isAlone: true })).toBe("delivered");
    expect(heard).toEqual(["One"]);
  });

  test("waits for an older event that another worker has not dispatched yet", async () => {
    const [one, two] = [await happen("globex", "Earlier"), await happen("globex", "Later")];
    const group = joinGroup(
      { redis: stage.redis, blocking: stage.redis.duplicate() },
      { group: dispatchGroup, consumer: "slow" },
    );
    await group.next({ blockMs: 10 });
    await group.done([...events, two].map(({ seq }) => seq));
    const [later] = await sendOff([two]);
    await expect(deliver(later)).rejects.toThrow(RetryLaterError);
    expect(await deliver(deliveryOf(await happen("acme", "Four")))).toBe("delivered");
    await sendOff([one]);
    await group.joined([one.seq]);
    await deliver(later);
    group.leave();
    expect(heard).toEqual(["Four", "Earlier", "Later"]);
  });

  test("gets nothing from a process that was paused and has lost its lock meanwhile", async () => {
    const [first, second] = await sendOff(events);
    const paused: Sink = {
      async deliver(event) {
        await listener().deliver(event);
        // Another worker has taken over by the time it wakes.
        await stage.redis.set(keys.fifoLock("team", "acme"), "another");
      },
    };
    await deliver(first, paused);
    expect(heard).toEqual(["One"]);
    await stage.redis.del(keys.fifoLock("team", "acme"));
    await deliver(second);
    expect(heard).toEqual(["One", "Two", "Three"]);
  });

  test("gets what goes on from something only if it was told of that", async () => {
    const [first] = events;
    if (!first) throw new Error("Nothing was told.");
    const goingOn = { ...deliveryOf(first), ifOpen: true } as const;
    expect([await deliver(goingOn), await deliver(goingOn)]).toEqual(["not_needed", "not_needed"]);
    expect(heard).toEqual([]);
    await deliver(deliveryOf(first));
    expect(heard).toEqual(["One"]);
  });

  test("that is disabled holds up nothing once it is enabled", async () => {
    const [first, second] = await sendOff(events);
    await expect(deliver(first, down)).rejects.toThrow("down");
    await stage.healths.disable("team", 1);
    expect(await deliver(first)).toBe("disabled");
    await stage.healths.enable("team");
    await removeJob(first);
    await deliver(second);
    expect(heard).toEqual(["Two", "Three"]);
  });
});

describe("a job that waits for those before it, for as long as they may take", () => {
  test("comes at once when it is first and another could not deliver for it", async () => {
    const [first, second] = await sendOff(events);
    await postpone(first);
    await expect(deliver(second, down)).rejects.toThrow(RetryLaterError);
    expect(await stateOf(first)).toBe("waiting");
  });

  test("comes at once when the one before it was delivered in quarantine", async () => {
    const [first, second, third] = await sendOff(events);
    await Promise.all([second, third].map(postpone));
    await deliver(first, listener(), { isAlone: true });
    expect([await stateOf(second), await stateOf(third)]).toEqual(["waiting", "delayed"]);
  });

  test("is gone, also from quarantine, once another has delivered for it", async () => {
    const [first, second] = await sendOff(events);
    await removeJob(second);
    const { quarantine } = stage.queues.of(jobIdOf(second));
    await quarantine.add("team", second, { jobId: jobIdOf(second), delay: 3_600_000 });
    await deliver(first);
    expect(await quarantine.getJobState(jobIdOf(second))).toBe("unknown");
  });

  test("comes at once when whoever was delivering for it has died", async () => {
    const [first, second] = await sendOff(events);
    await postpone(first);
    await stage.fifos.open("team", "acme").claim();
    await stage.redis.del(keys.fifoLock("team", "acme"));
    await expect(deliver(second)).rejects.toThrow(RetryLaterError);
    expect(await stateOf(first)).toBe("waiting");
  });

  test("comes at once when whoever has died had delivered its own", async () => {
    const [first, second] = await sendOff(events);
    await postpone(second);
    if (first) await stage.ledger.note(first.seq, "team");
    expect(await deliver(first)).toBe("already");
    expect(await stateOf(second)).toBe("waiting");
  });

  test("comes at once when what may belong before it is not dispatched yet", async () => {
    const [first, second] = await sendOff(events);
    await postpone(second);
    const group = joinGroup(
      { redis: stage.redis, blocking: stage.redis.duplicate() },
      { group: dispatchGroup, consumer: "slow" },
    );
    await group.next({ blockMs: 10 });
    await deliver(first);
    group.leave();
    expect([heard, await stateOf(second)]).toEqual([["One"], "waiting"]);
  });

  test("goes on waiting while the sink has asked for time, and so do the others", async () => {
    const [first, second] = await sendOff(events);
    await postpone(first);
    const busy = { deliver: () => Promise.reject(new RetryLaterError("slow down", { delayMs: 60_000 })) };
    await expect(deliver(second, busy)).rejects.toMatchObject({ delayMs: expect.any(Number) });
    await expect(deliver(second, busy)).rejects.toThrow(RetryLaterError);
    expect(await stateOf(first)).toBe("delayed");
  });

  test("goes on waiting for its next try once it has failed itself", async () => {
    const [first, second] = await sendOff(events);
    await postpone(first);
    await stage.redis.hset(stage.queues.deliveries.toKey(jobIdOf(first)), "atm", 1);
    await expect(deliver(second, down)).rejects.toThrow(RetryLaterError);
    expect(await stateOf(first)).toBe("delayed");
  });
});

const down: Sink = { deliver: () => Promise.reject(new Error("down")) };

async function happen(provider: string, title: string): Promise<Event> {
  const said = { page: { name: provider }, component: { name: title }, incident: { name: title, body: title } };
  const [event] = await stage.observe(webhook(provider, said, at(0)));
  if (!event) throw new Error("Nothing was told.");
  return event;
}

function titleOf({ status }: Event): string {
  return status;
}

function deliveryOf({ id, seq }: Event): Delivery {
  return { v: 1, eventId: id, seq, sink: "team" };
}

/** Queues what is to be told, and gives the jobs' data. */
async function sendOff(some: readonly Event[]): Promise<Delivery[]> {
  const sinks = someSinks({}, how);
  await createSendOff({ ...stage, sinks })(some.map((event) => ({ event, sink: "team" })));
  const jobs = await stage.queues.deliveries.getJobs(["waiting"], 0, -1, true);
  return some.map(({ seq }) => Delivery.parse(jobs.find(({ data }) => (data as Delivery).seq === seq)?.data));
}

const how = { audience: "program", order: "all" } as const;

async function deliver(delivery: Delivery | undefined, sink: Sink = listener(), { isAlone = false } = {}) {
  if (!delivery) throw new Error("There is no such delivery.");
  return createDeliverer({ ...stage, sinks: someSinks({ team: sink }, how), isAlone })(delivery);
}

function listener(): Sink {
  return { deliver: async (event) => void heard.push(titleOf(event)) };
}

async function removeJob(delivery: Delivery | undefined): Promise<void> {
  const jobs = await stage.queues.deliveries.getJobs(["waiting"]);
  await jobs.find(({ data }) => (data as Delivery).seq === delivery?.seq)?.remove();
}

function jobIdOf(delivery: Delivery | undefined): string {
  if (!delivery) throw new Error("There is no such delivery.");
  return deliveryId(delivery);
}

/** Has a delivery's job wait for an hour, as one does that has hundreds before it. */
async function postpone(delivery: Delivery | undefined): Promise<void> {
  const jobId = jobIdOf(delivery);
  await removeJob(delivery);
  await stage.queues.deliveries.add("team", delivery, { jobId, delay: 3_600_000 });
}

async function stateOf(delivery: Delivery | undefined): Promise<string> {
  return stage.queues.deliveries.getJobState(jobIdOf(delivery));
}

async function outcomes(jobs: readonly Delivery[]): Promise<string[][]> {
  const traces = await Promise.all(jobs.map(({ seq }) => stage.traces.of(seq)));
  return traces.map(({ attempts }) => attempts.map(({ outcome }) => outcome));
}

function asked(error: unknown): void {
  if (!(error instanceof RetryLaterError)) throw error;
}
