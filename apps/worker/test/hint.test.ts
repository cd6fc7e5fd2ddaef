import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Observation } from "@statuswire/queues";
import { RetryLaterError } from "@statuswire/status";
import type { Simulator } from "@statuswire/simulator";
import { waitUntil } from "@statuswire/testing";
import { breaks, entries, servePages } from "./page.ts";
import { at, openStage, type Stage, types, webhook } from "./stage.ts";

let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages("acme");
  const pushed = { id: "pushed", page: "http://127.0.0.1:1", format: "envelope" };
  stage = await openStage([...entries(pages, "acme"), pushed]);
  await stage.poll("acme");
  await stage.settle("acme");
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("a webhook that anybody may have sent", () => {
  test("changes nothing of what a page says that can be asked", async () => {
    stage.clock(1);
    await heard(hint("acme", 1));
    expect(await told()).toEqual([]);
  });

  test("has the page asked at once, and what that says counts", async () => {
    pages.change("acme", breaks(0.1));
    stage.clock(0.1);
    await heard(hint("acme", 0.1));
    await stage.settle("acme");
    expect(await told()).toContain("incident.opened");
  });

  test("is put off while the page was asked a moment ago", async () => {
    stage.clock(0.05);
    await expect(stage.hear(hint("acme", 0.05))).rejects.toBeInstanceOf(RetryLaterError);
    stage.clock(0.1);
    await heard(hint("acme", 0.05));
    expect(stage.told.at(-1)).toMatchObject({ happening: "hint.followed" });
  });

  test("is answered together with all that came before the page was asked", async () => {
    stage.clock(1);
    for (const seconds of [30, 40, 50]) await heard(hint("acme", seconds / 60));
    expect(stage.told.filter(({ happening }) => happening === "poll.unchanged")).toHaveLength(1);
  });

  test("from a machine whose clock is ahead is answered, too", async () => {
    stage.clock(1);
    await heard(hint("acme", 60));
    expect(stage.told.at(-1)).toMatchObject({ happening: "hint.followed" });
  });

  test("counts by itself while the page can't be read", async () => {
    pages.fault("acme", { kind: "drop" });
    stage.clock(1);
    await heard(hint("acme", 1));
    expect(await told()).toEqual(["incident.opened"]);
  });

  test("counts by itself where there is no page to ask", async () => {
    await stage.hear(hint("pushed", 0));
    expect(await told()).toEqual(["incident.opened"]);
  });
});

describe("a webhook that is believed", () => {
  test("counts by itself", async () => {
    await stage.hear({ ...hint("acme", 1), isHint: false });
    expect(await told()).toEqual(["incident.opened"]);
  });
});

function hint(provider: string, minutes: number): Observation {
  const body = { page: { name: "Acme" }, component: { name: "API" }, incident: { name: "Forged", body: "Down." } };
  return { ...webhook(provider, body, at(minutes)), isHint: true };
}

/** As a partition does: what has to wait for the page is heard again. */
async function heard(observation: Observation): Promise<void> {
  await waitUntil("it to be heard", () =>
    stage.hear(observation).then(
      () => true,
      (error: unknown) => {
        if (error instanceof RetryLaterError) return false;
        throw error;
      },
    ),
  );
}

async function told(): Promise<string[]> {
  const events = await stage.log.after(undefined, 10);
  return types(events.filter(({ initial }) => !initial));
}
