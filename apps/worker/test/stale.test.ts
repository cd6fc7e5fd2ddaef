import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Simulator } from "@statuswire/simulator";
import { entries, servePages } from "./page.ts";
import { openStage, type Stage, types } from "./stage.ts";
import { createStaleReporter, type StaleReporter } from "../src/stale.ts";

let pages: Simulator;
let stage: Stage;
let reporter: StaleReporter;

beforeEach(async () => {
  pages = await servePages("acme", "other");
  stage = await openStage(entries(pages, "acme", "other"));
  reporter = createStaleReporter({ ...stage, now: stage.now });
  await stage.poll("acme");
  await stage.settle("acme");
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("a page that can't be read", () => {
  beforeEach(async () => {
    pages.fault("acme", { kind: "status", status: 500 });
    await failAt(1);
    await failAt(5);
  });

  test("is not reported before ten minutes are over", async () => {
    await reportAt(10.9);
    expect(await told()).toEqual([]);
  });

  test("is reported when they are, without another poll, as of that second", async () => {
    await reportAt(11);
    expect(await told()).toEqual(["source.stale"]);
    const stale = { since: "2026-03-01T12:11:00.000Z", reason: "server (500)" };
    expect((await stage.known("acme")).page.stale).toEqual(stale);
  });

  test("is reported once, however many look and whenever it is polled", async () => {
    await Promise.all([reportAt(11), reportAt(11)]);
    await failAt(30);
    await reportAt(31);
    expect(await told()).toEqual(["source.stale"]);
  });

  test("is left to whoever watches it", async () => {
    stage.clock(11);
    await reporter.report(stage.watched.all().filter(({ id }) => id === "other"));
    expect(await told()).toEqual([]);
  });

  test("is not reported once it can be read again", async () => {
    pages.fault("acme");
    stage.clock(8);
    await stage.poll("acme");
    await reportAt(12);
    expect(await told()).toEqual([]);
  });

  test("is not left stale by a report that a poll has overtaken", async () => {
    pages.fault("acme");
    stage.clock(12);
    const [acme] = stage.watched.all();
    const readings = {
      async of(id: string) {
        const before = await stage.readings.of(id);
        if (before.failures) await stage.poll("acme");
        return before;
      },
    };
    await createStaleReporter({ ...stage, readings, now: stage.now }).report(acme ? [acme] : []);
    expect((await stage.known("acme")).page.stale).toBeUndefined();
  });
});

async function failAt(minutes: number): Promise<void> {
  stage.clock(minutes);
  await stage.poll("acme");
}

async function reportAt(minutes: number): Promise<void> {
  stage.clock(minutes);
  await reporter.report(stage.watched.all());
}

async function told(): Promise<string[]> {
  return types(await stage.log.after(undefined, 10));
}
