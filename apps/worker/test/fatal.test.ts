import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Batch, DeadLetter, Observation } from "@statuswire/queues";
import type { Simulator } from "@statuswire/simulator";
import { createFatal } from "../src/fatal.ts";
import { breaks, entries, servePages } from "./page.ts";
import { at, openStage, type Stage } from "./stage.ts";

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

describe("what a page says that a process did not survive", () => {
  test("is not observed again while it is in quarantine, and its page has not failed", async () => {
    await fatal(0).suspect(batch(await polled()));
    expect(await pollAt(1.5)).toBe("isolated");
    expect(stage.came).toEqual([]);
    expect((await stage.readings.of("acme")).failures).toBe(0);
  });

  test("is forgiven when it is observed there", async () => {
    const observation = await polled();
    await fatal(0).suspect(batch(observation));
    await stage.observe(observation);
    pages.change("acme", breaks(1));
    expect(await pollAt(1.5)).toBe("changed");
    expect((await stage.readings.of("acme")).fatal).toBeUndefined();
  });

  test("fails its page's polls once it is buried, by a name of its own, and is told once", async () => {
    await fatal(0).condemn(letter(await polled()));
    expect(await pollAt(2)).toBe("failed");
    expect(stage.came).toEqual([]);
    const { outcome } = await stage.readings.of("acme");
    expect(outcome).toBe("says what takes down the process that compares it");
    expect(stage.told.filter(({ happening }) => happening === "page.fatal")).toHaveLength(1);
  });

  test("is observed again once it says something else", async () => {
    await fatal(0).condemn(letter(await polled()));
    pages.change("acme", breaks(1));
    expect(await pollAt(2)).toBe("changed");
  });

  test("is tried again after six hours", async () => {
    await fatal(0).condemn(letter(await polled()));
    expect(await pollAt(361)).toBe("changed");
  });

  test("costs other pages nothing", async () => {
    await fatal(0).condemn(letter(await polled()));
    expect(await stage.poll("other")).toBe("changed");
  });

  test("is not held against a page that was buried for another reason", async () => {
    await fatal(0).condemn({ ...letter(await polled()), error: "PayloadError" });
    expect(await pollAt(2)).toBe("changed");
  });
});

/** What the first poll brings. */
async function polled(): Promise<Observation> {
  await stage.poll("acme");
  const [observation] = stage.came.splice(0);
  if (!observation) throw new Error("The poll brought nothing.");
  return observation;
}

function pollAt(minutes: number) {
  stage.clock(minutes);
  return stage.poll("acme");
}

function fatal(minutes: number) {
  return createFatal({
    ...stage,
    tell: (happening, fields = {}) => void stage.told.push({ happening, fields }),
    now: () => at(minutes),
  });
}

function batch(observation: Observation): Batch {
  return { v: 1, observations: [observation] };
}

function letter(observation: Observation): DeadLetter {
  return {
    ...{ v: 1, queue: "quarantine", jobId: observation.id, name: "acme", data: batch(observation) },
    ...{ error: "StalledError", reason: "", attempts: 0, stalls: 2 },
    createdAt: at(0).toISOString(),
    failedAt: at(0).toISOString(),
  };
}
