import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Simulator } from "@statuswire/simulator";
import { breaks, entries, mends, says, servePages } from "./page.ts";
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

describe("the first poll of a page", () => {
  test("is its baseline, and its events are marked so", async () => {
    pages.change("acme", breaks(-5));
    await stage.poll("acme");
    const events = await stage.settle("acme");
    expect(types(events)).toEqual(["incident.opened", "component.changed"]);
    expect(events.every(({ initial }) => initial)).toBe(true);
    expect(stage.told).toContainEqual({ happening: "page.baseline", fields: { provider: "acme", events: 2 } });
  });
});

describe("a poll of a page that has not changed", () => {
  test("costs one small request, and nothing else", async () => {
    await baseline();
    expect(await stage.poll("acme")).toBe("unchanged");
    expect(stage.came).toEqual([]);
    expect(pages.requests("acme")).toEqual({ 200: 2, 304: 1 });
  });

  test("brings nothing when only its clock has moved", async () => {
    await baseline();
    pages.change("acme", (page) => ({
      ...page,
      updatedAt: new Date(page.updatedAt.getTime() + 1000),
      revision: 9,
    }));
    expect(await stage.poll("acme")).toBe("unchanged");
    expect(pages.requests("acme")).toEqual({ 200: 3 });
  });

  test("is cheap again when only its clock has moved", async () => {
    await baseline();
    pages.change("acme", (page) => ({
      ...page,
      updatedAt: new Date(page.updatedAt.getTime() + 1000),
      revision: 9,
    }));
    await stage.poll("acme");
    stage.clock(2);
    await stage.poll("acme");
    expect(pages.requests("acme")).toEqual({ 200: 3, 304: 1 });
  });
});

describe("a poll of a page that has changed", () => {
  test("brings what changed, step by step", async () => {
    await baseline();
    pages.change("acme", breaks(1));
    expect(await stage.poll("acme")).toBe("changed");
    expect(types(await stage.settle("acme"))).toEqual(["incident.opened", "component.changed"]);
    pages.change("acme", says(2, "It is the database."));
    stage.clock(2);
    await stage.poll("acme");
    expect(await stage.settle("acme")).toMatchObject([
      { type: "incident.updated", status: "It is the database.", initial: false },
    ]);
  });

  test("is repeated until what it brought is recorded", async () => {
    await baseline();
    pages.change("acme", breaks(1));
    await stage.poll("acme");
    stage.came.splice(0);
    stage.clock(2);
    expect(await stage.poll("acme")).toBe("changed");
    expect(types(await stage.settle("acme"))).toContain("incident.opened");
  });
});

describe("a page that was asked a moment ago", () => {
  test("is not asked again", async () => {
    await stage.poll("acme");
    expect(await stage.poll("acme")).toBe("not yet");
  });

  test("is not asked by two at once", async () => {
    pages.fault("acme", { kind: "delay", ms: 100 });
    expect(await Promise.all([stage.poll("acme"), stage.poll("acme")])).toEqual(["changed", "underway"]);
  });
});

describe("a provider that is watched no more", () => {
  test("is not asked", async () => {
    await expect(stage.poll("nobody")).rejects.toThrow('No provider is called "nobody"');
  });
});

describe("an incident that comes and goes", () => {
  test("is told from beginning to end", async () => {
    await baseline();
    pages.change("acme", breaks(1));
    await stage.poll("acme");
    const opened = await stage.settle("acme");
    pages.change("acme", mends(2));
    stage.clock(2);
    await stage.poll("acme");
    const ended = await stage.settle("acme");
    expect(types([...opened, ...ended])).toEqual([
      "incident.opened",
      "component.changed",
      "component.changed",
      "incident.resolved",
    ]);
  });
});

/** The first reading of Acme's page is done; it is a minute later. */
async function baseline(): Promise<void> {
  await stage.poll("acme");
  await stage.settle("acme");
  stage.clock(1);
}
