import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Simulator } from "@statuswire/simulator";
import { entries, servePages } from "./page.ts";
import { openStage, type Stage, types } from "./stage.ts";

let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages("acme", "other");
  stage = await openStage(entries(pages, "acme", "other"));
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("a page in trouble", () => {
  test.each([
    ["answers 500", { kind: "status", status: 500 }],
    ["answers 404", { kind: "status", status: 404 }],
    ["answers 403", { kind: "status", status: 403 }],
    ["hangs up", { kind: "drop" }],
    ["sends HTML", { kind: "html" }],
  ] as const)("that %s is told, and brings nothing", async (_what, fault) => {
    pages.fault("acme", fault);
    expect(await stage.poll("acme")).toBe("failed");
    expect(stage.came).toEqual([]);
    expect(stage.told).toMatchObject([
      {},
      { happening: "poll.failed", fields: { provider: "acme", failures: 1 } },
    ]);
  });

  test("was last read when it last answered", async () => {
    await stage.poll("acme");
    const { readAt } = await stage.readings.of("acme");
    expect(readAt).toBeDefined();
    pages.fault("acme", { kind: "status", status: 500 });
    stage.clock(5);
    expect(await stage.poll("acme")).toBe("failed");
    expect((await stage.readings.of("acme")).readAt).toBe(readAt);
  });

  test("is left alone for a while, longer each time", async () => {
    pages.fault("acme", { kind: "status", status: 500 });
    await stage.poll("acme");
    stage.clock(0.5);
    expect(await stage.poll("acme")).toBe("not yet");
    stage.clock(2);
    await stage.poll("acme");
    stage.clock(3);
    expect(await stage.poll("acme")).toBe("not yet");
    stage.clock(5);
    expect(await stage.poll("acme")).toBe("failed");
  });

  test("is asked again at least every 18 minutes", async () => {
    pages.fault("acme", { kind: "status", status: 500 });
    for (let hours = 0; hours < 12; hours++) {
      stage.clock(hours * 60);
      await stage.poll("acme");
    }
    stage.clock(11 * 60 + 18);
    expect(await stage.poll("acme")).toBe("failed");
  });

  test("costs the others nothing", async () => {
    pages.fault("acme", { kind: "drop" });
    expect(await Promise.all([stage.poll("acme"), stage.poll("other")])).toEqual(["failed", "changed"]);
  });

  test("that asks us to wait is waited for", async () => {
    pages.fault("acme", { kind: "status", status: 429, retryAfterSeconds: 600 });
    await stage.poll("acme");
    pages.fault("acme");
    stage.clock(9);
    expect(await stage.poll("acme")).toBe("not yet");
    stage.clock(10);
    expect(await stage.poll("acme")).toBe("changed");
  });

  test("is stale after ten minutes, once, and recovers, once", async () => {
    await stage.poll("acme");
    await stage.settle("acme");
    pages.fault("acme", { kind: "status", status: 500 });
    for (const minutes of [1, 5, 10, 30, 60]) await failAt(minutes);
    expect((await stage.known("acme")).page.stale).toMatchObject({ since: "2026-03-01T12:11:00.000Z" });
    pages.fault("acme");
    stage.clock(90);
    await stage.poll("acme");
    stage.clock(92);
    await stage.poll("acme");
    expect(types(await stage.log.after(undefined, 10))).toEqual(["source.stale", "source.recovered"]);
    expect((await stage.known("acme")).page.stale).toBeUndefined();
  });
});

describe("a page that takes down the processes that read it", () => {
  test("has failed, and is left alone for a while", async () => {
    expect(await stage.pollAlone("acme", 1)).toBe("failed");
    stage.clock(0.5);
    expect(await stage.poll("acme")).toBe("not yet");
  });

  test("is asked in quarantine from then on, where it takes nothing with it", async () => {
    await stage.pollAlone("acme", 1);
    stage.clock(2);
    expect(await stage.poll("acme")).toBe("isolated");
    expect(stage.sent).toEqual([{ v: 1, provider: "acme" }]);
  });

  test("is asked as before once it has been read", async () => {
    await stage.pollAlone("acme", 1);
    stage.clock(2);
    expect(await stage.pollAlone("acme")).toBe("changed");
    stage.clock(4);
    expect(await stage.poll("acme")).toBe("changed");
  });
});

async function failAt(minutes: number): Promise<void> {
  stage.clock(minutes);
  await stage.poll("acme");
}
