import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import type { Event } from "@statuswire/status";
import { dispatchGroup, joinGroup, keys } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import { createAsk } from "../src/ask.ts";
import { startDispatcher } from "../src/dispatch.ts";
import { createPrinter } from "../src/print.ts";
import { createRouter } from "../src/routing.ts";
import { createSendOff } from "../src/send-off.ts";
import { openStage, someSinks, type Stage } from "./stage.ts";

let stage: Stage;
let events: Event[];

beforeEach(async () => {
  stage = await openStage([{ id: "acme", page: "http://127.0.0.1:1", format: "statuspage" }]);
  events = [];
  for (const body of ["One", "Two"])
    events.push(...(await stage.push("acme", { page: {}, component: { name: body }, incident: { body } })));
});
afterEach(() => stage.close());

describe("what a dead dispatcher had in hand", () => {
  test("is dispatched by another once it has lain for ten seconds", async () => {
    await takenByTheDead({ idleMs: 11_000 });
    const dispatcher = start();
    const jobs = await waitUntil("it to be queued", async () => {
      const queued = await stage.queues.deliveries.getJobs(["waiting"], 0, -1, true);
      return queued.length === events.length ? queued : undefined;
    });
    expect(jobs.map(({ data }) => (data as { seq: string }).seq)).toEqual(events.map(({ seq }) => seq));
    await waitUntil("nothing to be in hand", async () => (await inHand()) === 0);
    await dispatcher.stop();
  });

  test("is left alone before that: it may live", async () => {
    await takenByTheDead({ idleMs: 1000 });
    const dispatcher = start();
    const [more] = await stage.push("acme", { page: {}, component: { name: "3" }, incident: { body: "Three" } });
    const jobs = await waitUntil("the next one to be queued", async () => {
      const queued = await stage.queues.deliveries.getJobs(["waiting"]);
      return queued.length ? queued : undefined;
    });
    expect(jobs.map(({ data }) => (data as { seq: string }).seq)).toEqual([more?.seq]);
    await dispatcher.stop();
  });
});

describe("a dispatcher that was paused until another had its events", () => {
  test("prints none of them, and leaves it to the other to be done with them", async () => {
    const printed: string[] = [];
    const print = jest.fn((event: Event) => Promise.resolve(void printed.push(event.id)));
    let [paused, now] = [false, stage.now()];
    const sendOff = createSendOff({ ...stage, sinks: someSinks({}) });
    const dispatcher = start({
      print,
      now: () => now,
      route: async (some) => {
        const routed = await createRouter({ ...stage, originOf: () => undefined })(some);
        if (!paused) {
          for (const { seq } of some) await stage.redis.xclaim(keys.events, dispatchGroup, "other", 0, seq);
          now = new Date(now.getTime() + 14_000);
        }
        paused = true;
        return routed;
      },
      sendOff,
    });
    await waitUntil("it to have dispatched", () =>
      stage.told.some(({ happening }) => happening === "event.dispatched"),
    );
    await dispatcher.stop();
    expect([printed, await inHand()]).toEqual([[], events.length]);
  });
});

async function takenByTheDead({ idleMs }: { idleMs: number }): Promise<void> {
  const dead = joinGroup(
    { redis: stage.redis, blocking: stage.redis },
    { group: dispatchGroup, consumer: "dead" },
  );
  const seqs = (await dead.next({ blockMs: 10 })).map(({ seq }) => seq);
  for (const seq of seqs)
    await stage.redis.xclaim(keys.events, dispatchGroup, "dead", 0, seq, "IDLE", idleMs, "JUSTID");
}

async function inHand(): Promise<number> {
  const [count] = (await stage.redis.xpending(keys.events, dispatchGroup)) as [number];
  return count;
}

interface Overrides {
  print?(event: Event): Promise<void>;
  now?(): Date;
  route?: ReturnType<typeof createRouter>;
  sendOff?: ReturnType<typeof createSendOff>;
}

function start({ print = () => Promise.resolve(), ...more }: Overrides = {}) {
  const sinks = someSinks({ team: { deliver: () => Promise.resolve() } }, { audience: "program", order: "all" });
  const routing = () => ({ ...stage.routing(), sinks: [...stage.routing().sinks, ...sinks.destinations()] });
  return startDispatcher({
    ...stage,
    now: () => new Date(),
    group: joinGroup(
      { redis: stage.redis, blocking: stage.redis.duplicate() },
      { group: dispatchGroup, consumer: "alive" },
    ),
    sendOff: createSendOff({ ...stage, sinks }),
    print: createPrinter({ ...stage, sinks: { print }, now: more.now ?? (() => new Date()) }),
    ask: createAsk(stage),
    route: createRouter({ ...stage, routing, originOf: () => undefined }),
    ...more,
  });
}
