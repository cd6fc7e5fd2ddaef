import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Simulator } from "@statuswire/simulator";
import { seconds } from "@statuswire/status";
import { entries, servePages } from "./page.ts";
import { at, openStage, type Stage } from "./stage.ts";

let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages("acme");
  stage = await openStage(entries(pages, "acme"));
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("the past of a page", () => {
  test("begins with its first reading", async () => {
    expect(await readAt(0)).toMatchObject({ since: second(0), gaps: [] });
  });

  test("has no gap while one reading follows the other", async () => {
    for (const minutes of [0, 1, 2, 11]) await readAt(minutes);
    expect(await stage.pasts.of("acme")).toMatchObject({ gaps: [] });
  });

  test("has a gap where no worker ran", async () => {
    await readAt(0);
    expect(await readAt(60)).toMatchObject({ gaps: [{ from: second(0), until: second(60) }] });
  });

  test("has a gap where the page failed, from the first failure on", async () => {
    await readAt(0);
    pages.fault("acme", { kind: "status", status: 500 });
    for (const minutes of [5, 20, 40]) await readAt(minutes);
    pages.fault("acme");
    expect(await readAt(60)).toMatchObject({ gaps: [{ from: second(5), until: second(60) }] });
  });

  test("has no gap for a failure or two", async () => {
    await readAt(0);
    pages.fault("acme", { kind: "status", status: 500 });
    await readAt(1);
    pages.fault("acme");
    expect(await readAt(4)).toMatchObject({ gaps: [] });
  });
});

async function readAt(minutes: number) {
  stage.clock(minutes);
  await stage.poll("acme");
  await stage.settle("acme");
  return stage.pasts.of("acme");
}

function second(minutes: number): number {
  return seconds(at(minutes).toISOString());
}
