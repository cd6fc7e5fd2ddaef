import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Simulator } from "@statuswire/simulator";
import { stalenessOf } from "@statuswire/status";
import { createStaleReporter } from "../src/stale.ts";
import { entries, servePages } from "./page.ts";
import { at, openStage, type Stage, types } from "./stage.ts";

const names = Array.from({ length: 30 }, (_, index) => `page-${index}`);
let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages(...names);
  stage = await openStage(entries(pages, ...names));
  await pollAllAt(0);
  for (const name of names) await stage.settle(name);
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("when most hosts fail at the same time", () => {
  test("one event says that our own network is down, and none that a source is stale", async () => {
    await cutFor(30);
    expect(types(await stage.log.after(undefined, 100))).toEqual(["network.lost"]);
  });

  test("all providers are unknown at once", async () => {
    cut(names);
    await pollAllAt(1);
    await pollAllAt(2.5);
    const network = await stage.networks.of();
    const [known, reading] = await Promise.all([stage.known("page-0"), stage.readings.pollState("page-0")]);
    const now = at(3).getTime();
    expect(stalenessOf({ known, reading, network, everySeconds: 60, now })).toMatchObject({
      reason: "our own network is down",
    });
  });

  test("pages are asked as often as ever, and one event says when the network is back", async () => {
    await cutFor(30);
    for (const name of names) pages.fault(name);
    await pollAllAt(32);
    expect(types(await stage.log.after(undefined, 100))).toEqual(["network.lost", "network.restored"]);
    expect((await stage.networks.of()).lostAt).toBeUndefined();
  });

  test("what still fails afterwards is stale ten minutes after the network was back", async () => {
    await cutFor(30);
    for (const name of names.slice(1)) pages.fault(name);
    await pollAllAt(32);
    await reportAt(41);
    expect(types(await stage.log.after(undefined, 100))).toEqual(["network.lost", "network.restored"]);
    await reportAt(43);
    expect(types(await stage.log.after(undefined, 100)).slice(2)).toEqual(["source.stale"]);
  });
});

describe("our own network is not blamed", () => {
  test("when hosts answer with errors", async () => {
    for (const name of names) pages.fault(name, { kind: "status", status: 500 });
    await failFor(15);
    expect(new Set(types(await stage.log.after(undefined, 100)))).toEqual(new Set(["source.stale"]));
  });

  test("when every fourth host still answers", async () => {
    cut(names.filter((_name, index) => index % 4));
    await failFor(8);
    expect(await stage.networks.of()).toEqual({});
  });

  test("for a hiccup", async () => {
    cut(names);
    await pollAllAt(1);
    for (const name of names) pages.fault(name);
    await pollAllAt(2.5);
    expect(await stage.log.after(undefined, 100)).toEqual([]);
  });

  test("by one or two pages", async () => {
    await stage.close();
    stage = await openStage(entries(pages, "page-0", "page-1"));
    cut(names);
    for (const minute of [1, 3, 6, 11, 20]) {
      stage.clock(minute);
      await Promise.all([stage.poll("page-0"), stage.poll("page-1")]);
    }
    await reportAt(21);
    expect(types(await stage.log.after(undefined, 100))).toEqual(["source.stale", "source.stale"]);
  });
});

function cut(some: readonly string[]): void {
  for (const name of some) pages.fault(name, { kind: "drop" });
}

async function cutFor(minutes: number): Promise<void> {
  cut(names);
  await failFor(minutes);
}

async function failFor(minutes: number): Promise<void> {
  for (let minute = 1; minute <= minutes; minute += 1.5) {
    await pollAllAt(minute);
    await reportAt(minute);
  }
}

async function pollAllAt(minutes: number): Promise<void> {
  stage.clock(minutes);
  await Promise.all(names.map((name) => stage.poll(name)));
}

async function reportAt(minutes: number): Promise<void> {
  stage.clock(minutes);
  await createStaleReporter({ ...stage, now: () => at(minutes) }).report(stage.watched.all());
}
