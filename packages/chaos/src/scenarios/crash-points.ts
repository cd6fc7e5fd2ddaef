import { setTimeout as delay } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { layPath, type Path } from "../rig/path.ts";
import { type Program, start } from "../rig/process.ts";
import { openLine } from "../rig/proxy.ts";
import { postAll } from "../rig/post-all.ts";
import type { Stage } from "../rig/stage.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/**
 * Ingest and workers die between any two words with Redis: each life ends one piece of the conversation later than the one
 * before, by turns just before a question is heard and just before an answer is.
 */
export const crashPoints: Scenario = {
  id: "crash-points",
  title: "Ingest and workers die at each point of their conversation with Redis",
  promises: [1, 2, 3],
  run: (course) => crash(course, async () => undefined),
  control: {
    title: "a queue that forgets what a dead worker had in hand, as one does that only pops",
    run: (course) => crash(course, forgetActive),
  },
};

/** So many deaths of each; the workers share the points between them. */
const deathsEach = 8;
const perSecond = 60;
const workers = 2;
const toldMs = 40_000;

async function crash(
  { stage, episodes = 1 }: Course,
  afterDeath: (redis: Redis) => Promise<void>,
): Promise<Outcome> {
  const path = await layPath(stage);
  const deaths = { count: 0 };
  const mourn = async () => {
    deaths.count++;
    await afterDeath(path.redis);
  };
  const deathsOf = (first: number, step: number) =>
    Array.from({ length: deathsEach * episodes }, (_, index) => first + index * step);
  const ingest = await live(stage, { path, program: path.ingest, points: deathsOf(0, 1), mourn });
  const working = await Promise.all(
    Array.from({ length: workers }, (_, first) =>
      live(stage, { path, program: path.worker, points: deathsOf(first, workers), mourn }),
    ),
  );
  const posting = postAll(() => ingest.url(), perSecond);
  await Promise.all([ingest, ...working].map(({ over }) => over));
  const titles = await posting.stop();
  const told = await toldOf(path, titles, toldMs);
  return {
    figures: { accepted: titles.length, deaths: deaths.count, ...told },
    broken: brokenIn(told, deaths.count),
  };
}

async function forgetActive(redis: Redis): Promise<void> {
  await redis.del("{sw}:observations:active", "{sw}:observations:stalled");
}

interface Lives {
  path: Path;
  program(url: string): Program;
  /** After how many pieces each of its lives ends. */
  points: readonly number[];
  mourn(): Promise<void>;
}

/** A process that dies at each of some points, and then goes on living. */
async function live(stage: Stage, { path, program, points, mourn }: Lives) {
  const line = await openLine(stage, path.server.url);
  let running = await start(program(line.url));
  stage.defer(() => running.stop());
  let port = "0";

  async function dieAt(point: number): Promise<void> {
    let left = point;
    line.inspect(() => {
      if (left-- > 0) return "carry";
      running.signal("SIGKILL");
      return "cut";
    });
    await running.ended;
    line.inspect(undefined);
    await mourn();
    port = new URL(running.url).port;
    const { env, ...again } = program(line.url);
    running = await start({ ...again, env: { ...env, [`${again.app.toUpperCase()}_PORT`]: port } });
  }

  async function allLives(): Promise<void> {
    for (const point of points) {
      // Into its work, so that the conversation is about webhooks.
      await delay(100);
      await dieAt(point);
    }
  }

  return { url: () => running.url, over: allLives() };
}
