import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Simulator } from "@statuswire/simulator";
import { daysOf, seconds } from "@statuswire/status";
import { breaks, entries, mends, servePages } from "./page.ts";
import { at, openStage, type Stage, types } from "./stage.ts";

let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages("acme");
  stage = await openStage(entries(pages, "acme"));
  pages.change("acme", breaks(-300));
  pages.change("acme", mends(-240));
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("the past of a page that is new to us", () => {
  test("is taken from what the page tells of it, and told to nobody", async () => {
    await stage.poll("acme");
    const events = await stage.settle("acme");
    expect(types(events)).toEqual(["incident.opened", "incident.resolved"]);
    expect(events.every(({ initial }) => initial)).toBe(true);
  });

  test("counts in its days, though nobody looked then", async () => {
    await stage.poll("acme");
    await stage.settle("acme");
    const [day] = daysOf(await stage.pasts.of("acme"), { days: 1, now: second(60), timeZone: "UTC" });
    expect(day).toMatchObject({ seconds: { degraded_performance: 3600, operational: 3600 }, observed: 3600 });
  });

  test("is asked for once", async () => {
    await stage.poll("acme");
    await stage.settle("acme");
    pages.change("acme", breaks(1));
    stage.clock(2);
    await stage.poll("acme");
    expect(pages.requests("acme")).toEqual({ 200: 3 });
  });
});

describe("what is remembered of polls", () => {
  test("is how the last of them ended, what came and how much", async () => {
    await stage.poll("acme");
    await stage.settle("acme");
    stage.clock(1);
    await stage.poll("acme");
    for (const [minutes, fault] of [
      [2, { kind: "status", status: 403 }],
      [20, { kind: "html" }],
    ] as const) {
      pages.fault("acme", fault);
      stage.clock(minutes);
      await stage.poll("acme");
    }
    const { polls = "" } = await stage.readings.of("acme");
    expect(polls.split("\n").map((line) => line.split(" ").slice(1).join(" "))).toEqual([
      expect.stringMatching(/^ 0 \d+ wrong shape/),
      expect.stringMatching(/^403 0 \d+ .*403/),
      expect.stringMatching(/^304 0 \d+ unchanged$/),
      expect.stringMatching(/^200 \d{3,} \d+ changed$/),
    ]);
  });

  test("is what the page said last", async () => {
    await stage.poll("acme");
    await stage.settle("acme");
    const payload = await stage.payloads.of("acme");
    expect(payload).toMatchObject({ at: at(0).toISOString(), isCut: false });
    expect(JSON.parse(payload?.text ?? "")).toMatchObject({ page: { name: "The acme" } });
  });
});

function second(minutes: number): number {
  return seconds(at(minutes).toISOString());
}
