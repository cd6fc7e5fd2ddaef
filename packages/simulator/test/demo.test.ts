import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { demoWorld, playDemo, startDemo, startSimulator, type Simulator } from "../src/index.ts";

const pageIds = ["openai", "discord", "apple"];
const start = Date.UTC(2026, 2, 1, 12);

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ world: demoWorld(new Date(start)) });
});
afterEach(() => simulator.close());

describe("the demo", () => {
  test("stays quiet until every page has been read", async () => {
    await read("openai", "discord");
    expect(play(600)).toEqual([]);
  });

  test("opens an incident on every page within five seconds of the last first look", async () => {
    await read(...pageIds);
    play(5);
    expect(pageIds.map((id) => simulator.page(id).incidents.length)).toEqual([1, 1, 1]);
  });

  test("spreads and gets worse", async () => {
    await read(...pageIds);
    play(20);
    const incidents = pageIds.flatMap((id) => simulator.page(id).incidents);
    expect(incidents.map(({ impact }) => impact)).toEqual(["major", "major", "major"]);
    expect(incidents.filter(({ componentIds }) => componentIds.length > 1)).toHaveLength(3);
  });

  test("has resolved all of it within a minute, every component operational", async () => {
    await read(...pageIds);
    play(60);
    const pages = pageIds.map((id) => simulator.page(id));
    expect(pages.flatMap(({ incidents }) => incidents.map(({ status }) => status))).toEqual(
      Array(3).fill("resolved"),
    );
    expect(pages.flatMap(({ components }) => components).filter(({ status }) => status !== "operational")).toEqual(
      [],
    );
  });

  test("stays alive: something new every few minutes, for hours", async () => {
    await read(...pageIds);
    const times = play(4 * 3600).map(({ second }) => second);
    const gaps = times.slice(1).map((second, index) => second - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(121);
    expect(times.length).toBeGreaterThan(200);
  });

  test("never tells the same story twice in a row", async () => {
    await read(...pageIds);
    const beginnings = play(24 * 3600).filter(({ isFirst }) => isFirst);
    const repeated = beginnings.filter(({ body }, index) => body === beginnings[index - 1]?.body);
    expect([beginnings.length > 300, repeated]).toEqual([true, []]);
  });

  test("keeps only so much of the past", async () => {
    await read(...pageIds);
    play(24 * 3600);
    expect(Math.max(...pageIds.map((id) => simulator.page(id).incidents.length))).toBeLessThanOrEqual(21);
  });

  test("plays the same for the same seed, and otherwise for another", async () => {
    await read(...pageIds);
    const [once, again, other] = [play(3600, 1), play(3600, 1), play(3600, 2)];
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });

  test("goes on where it was when the machine slept", async () => {
    await read(...pageIds);
    let now = start;
    const player = playDemo({ simulator, pageIds, now: () => new Date(now), seed: 1 });
    player.tick();
    now += 8 * 3600 * 1000;
    expect([player.tick(), player.tick()]).toMatchObject([{ story: { page: "openai" } }, undefined]);
  });
});

describe("a running demo", () => {
  test("names its pages as a configuration would, and serves them", async () => {
    const demo = await startDemo();
    const pages = demo.providers.map(({ page }) => fetch(page));
    const answers = await Promise.all(pages);
    await demo.close();
    expect(demo.providers).toMatchObject([
      { id: "openai", name: "OpenAI", format: "incidentio", everySeconds: 2 },
      { id: "discord", name: "Discord", format: "statuspage", everySeconds: 2 },
      { id: "apple", name: "Apple", format: "apple", everySeconds: 2 },
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

async function read(...ids: string[]): Promise<void> {
  await Promise.all(ids.map((id) => fetch(simulator.pageUrl(id))));
}

/** Plays so many seconds, one tick each; what was published in which second, and whether it began a story. */
function play(seconds: number, seed = 1): { second: number; body: string; isFirst: boolean }[] {
  let second = 0;
  const player = playDemo({ simulator, pageIds, now: () => new Date(start + second * 1000), seed });
  const told = [];
  for (; second <= seconds; second++) {
    const cue = player.tick();
    if (cue) told.push({ second, body: cue.beat.body, isFirst: cue.beat === cue.story.beats[0] });
  }
  return told;
}
