import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Delivery } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import type { Simulator } from "@statuswire/simulator";
import type { Audience, Event } from "@statuswire/status";
import type { Hold } from "@statuswire/store";
import { createDeliverer } from "../src/deliver.ts";
import { createReleaser } from "../src/release.ts";
import { createSendOff } from "../src/send-off.ts";
import { breaks, entries, mends, says, servePages } from "./page.ts";
import { at, openStage, someSinks, type Stage } from "./stage.ts";

let pages: Simulator;
let stage: Stage;
let heard: Event[];
let events: Event[];

beforeEach(async () => {
  heard = [];
  events = [];
  pages = await servePages("acme");
  stage = await openStage(entries(pages, "acme"));
  await read(0);
  pages.change("acme", breaks(1));
  await read(1);
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("what has to hold for a while", () => {
  test("is told when it still holds then", async () => {
    await hold("recheck", typed("incident.opened"));
    await release();
    expect(types()).toEqual(["incident.opened"]);
  });

  test("is not told when it is over by then, and the trace says so", async () => {
    await hold("recheck", typed("incident.opened"));
    await pagesMend();
    await release();
    expect(heard).toEqual([]);
    const { attempts } = await stage.traces.of(typed("incident.opened").seq);
    expect(attempts).toMatchObject([{ sink: "team", outcome: "not_needed" }]);
  });

  test("is not asked about before its time", async () => {
    await hold("recheck", typed("incident.opened"), 10);
    await release();
    expect(heard).toEqual([]);
  });
});

describe("the end of what has to hold for a while", () => {
  test("is told to whoever was told the beginning", async () => {
    await deliver({ event: typed("incident.opened") });
    await pagesMend();
    await deliver({ event: typed("incident.resolved"), ifOpen: true });
    expect(types()).toEqual(["incident.opened", "incident.resolved"]);
  });

  test("is told to nobody else, nor is what came before it any more", async () => {
    await pagesMend();
    await deliver({ event: typed("incident.resolved"), ifOpen: true });
    expect(await deliver({ event: typed("incident.opened") })).toBe("overtaken");
    expect(heard).toEqual([]);
  });
});

describe("what waits for one message", () => {
  test("is one message to people, in the order of the log", async () => {
    await more();
    await holdAll();
    await release();
    expect(heard).toMatchObject([{ type: "digest", provider: "acme" }]);
    expect(heard[0]?.status.split("\n")).toHaveLength(2);
  });

  test("is each by itself to a program", async () => {
    await more();
    await holdAll();
    await release("program");
    expect(types()).toEqual(["incident.opened", "component.changed", "incident.updated"]);
  });

  test("is told as it is when it is alone", async () => {
    await hold("digest", typed("incident.opened"));
    await release();
    expect(types()).toEqual(["incident.opened"]);
  });

  test("is left out of it when the sink has been told by now", async () => {
    await more();
    await holdAll();
    await deliver({ event: typed("incident.updated") });
    await release();
    expect(types()).toEqual(["incident.updated", "component.changed"]);
  });

  test("is told once, though two release it and one dies before it has forgotten it", async () => {
    await more();
    await holdAll();
    const kept = stage.holds;
    await release("people", { ...kept, release: () => Promise.resolve() });
    await release();
    expect(types()).toEqual(["digest"]);
  });
});

describe("a component that was unstable", () => {
  test("is told of when nothing has changed since", async () => {
    const changed = await unstable();
    await hold("settle", changed);
    await release();
    expect(types()).toEqual(["component.unstable", "component.settled"]);
  });

  test("is not told of while it goes on", async () => {
    const changed = await unstable();
    await hold("settle", changed);
    await stage.counters.count(counterOf(changed), { ...changed, seq: `${Date.now() + 60_000}-0` });
    await release();
    expect(types()).toEqual(["component.unstable"]);
  });
});

async function unstable(): Promise<Event> {
  const changed = typed("component.changed");
  await stage.counters.count(counterOf(changed), changed);
  await deliver({ event: changed, as: "unstable" });
  return changed;
}

function counterOf({ provider, component }: Event) {
  return { name: `changes:${provider}:${component?.id ?? ""}`, forMs: 24 * 3_600_000 };
}

async function hold(kind: Hold["kind"], { seq }: Event, minutes = 0): Promise<void> {
  await stage.holds.keep([{ kind, seq, sink: "team", due: at(minutes).getTime() }]);
}

async function holdAll(): Promise<void> {
  for (const event of events) await hold("digest", event);
}

/** Releases what is due at noon, and delivers all that this queues. */
async function release(audience: Audience = "people", holds = stage.holds): Promise<void> {
  const { deliveries } = stage.queues;
  const sinks = someSinks({}, { audience });
  const sendOff = createSendOff({ ...stage, sinks });
  await createReleaser({ ...stage, holds, sinks, sendOff, now: () => at(0) })();
  for (const { data } of await deliveries.getJobs(["waiting"], 0, -1, true)) await tell(Delivery.parse(data));
}

function deliver({ event, ...how }: { event: Event } & Pick<Delivery, "as" | "ifOpen">) {
  return tell({ v: 1, eventId: event.id, seq: event.seq, sink: "team", ...how });
}

function tell(delivery: Delivery) {
  const sink: Sink = { deliver: async (event) => void heard.push(event) };
  return createDeliverer({ ...stage, sinks: someSinks({ team: sink }) })(delivery);
}

async function more(): Promise<void> {
  pages.change("acme", says(2, "We know why."));
  await read(2);
}

async function pagesMend(): Promise<void> {
  pages.change("acme", mends(3));
  await read(3);
}

async function read(minutes: number): Promise<void> {
  stage.clock(minutes);
  await stage.poll("acme");
  events.push(...(await stage.settle("acme")).filter(({ initial }) => !initial));
}

function types(): string[] {
  return heard.map(({ type }) => type);
}

function typed(type: Event["type"]): Event {
  const found = events.find((event) => event.type === type);
  if (!found) throw new Error(`Nothing was told of type ${type}.`);
  return found;
}
