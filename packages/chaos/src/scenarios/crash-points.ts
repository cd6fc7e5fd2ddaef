import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { hastyDoor } from "../rig/hasty-door.ts";
import { overhear, type Overheard, type Point } from "../rig/overheard.ts";
import { layPath, opening, type Path } from "../rig/path.ts";
import { insist } from "../rig/post-all.ts";
import { randomFrom } from "../rig/random.ts";
import type { Stage } from "../rig/stage.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** At each thing that ingest and a worker ask Redis on a webhook's way, they die: right before it, or right after. */
export const crashPoints: Scenario = {
  id: "crash-points",
  title:
    "Ingest or the worker dies at one question to Redis after the other, before it is asked or before it is answered",
  promises: [1, 2, 3],
  episodes: { of: "a point", short: 12 },
  run: (course) => crash(course, (_stage, url) => Promise.resolve(url)),
  control: {
    title: "a door in front of ingest says 202 before anything is written",
    run: (course) => crash(course, openHastyDoor),
  },
};

const struckMs = 4000;
const settleMs = 1000;
const toldMs = 30_000;

type Victims = Record<"ingest" | "worker", Overheard>;

interface Death extends Point {
  who: keyof Victims;
}

async function crash(
  { stage, episodes, report }: Course,
  openDoor: (stage: Stage, url: string) => Promise<string>,
): Promise<Outcome> {
  const path = await layPath(stage);
  const victims: Victims = {
    ingest: await overhear(stage, path.ingest, path.server.url),
    worker: await overhear(stage, path.worker, path.server.url),
  };
  const door = await openDoor(stage, victims.ingest.part.url());
  const points = await pointsOf(path, victims);
  const deaths = shuffled(points).slice(0, episodes);
  const titles: string[] = [];
  let died = 0;
  /** Between the printing and the note of it, or later. */
  let diedPrinted = 0;
  for (const [index, death] of deaths.entries()) {
    const webhook = opening(index + 1);
    titles.push(webhook.title);
    const posted = insist(() => door, webhook);
    const isStruck = await strike(victims, death);
    await posted;
    died += Number(isStruck);
    diedPrinted += Number(isStruck && path.printed.has(webhook.title));
    report(`${isStruck ? "died" : "lived on"}: ${death.who}, ${death.when} ${death.asked}`);
  }
  const told = await toldOf(path, titles, toldMs);
  const figures = { points: points.length, tried: deaths.length, died, diedPrinted, ...told };
  const unseen = died ? [] : ["nobody died"];
  return { figures, broken: [...unseen, ...brokenIn(told, diedPrinted)] };
}

async function openHastyDoor(stage: Stage, url: string): Promise<string> {
  const door = await hastyDoor(url, { status: 202, random: randomFrom(1) });
  stage.defer(() => door.close());
  return door.url;
}

/** What is asked on the way of one webhook whom nothing happens to. */
async function pointsOf(path: Path, victims: Victims): Promise<Death[]> {
  const webhook = opening(0);
  await delay(settleMs);
  for (const victim of Object.values(victims)) victim.asked();
  await insist(victims.ingest.part.url, webhook);
  await waitUntil("the first to be printed", () => path.printed.has(webhook.title));
  await delay(settleMs);
  return (["ingest", "worker"] as const).flatMap((who) =>
    victims[who].asked().flatMap((asked) => [
      { who, asked, when: "before" as const },
      { who, asked, when: "after" as const },
    ]),
  );
}

/** Has one of them die at a point, and starts it again. Whether it came to that point at all. */
async function strike(victims: Victims, { who, ...point }: Death): Promise<boolean> {
  const victim = victims[who];
  victim.doom(point);
  const isStruck = await waitUntil("it to die", () => !victim.part.isUp(), struckMs).catch(() => false);
  victim.spare();
  if (isStruck) await victim.part.revive();
  return isStruck;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const random = randomFrom(1);
  return items
    .map((item) => ({ item, at: random.next() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
