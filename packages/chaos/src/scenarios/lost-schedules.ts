import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { sideBySide } from "../rig/figures.ts";
import { performRows } from "../rig/rows.ts";
import type { Stage } from "../rig/stage.ts";
import { startWatching } from "../rig/watching.ts";

/** However the schedule of a page is lost, the page is polled again within thirty seconds. */
export const lostSchedules: Scenario = {
  id: "lost-schedules",
  title: "Redis is flushed, a scheduler removed, its job removed, or its next run set hours ahead",
  promises: [8],
  run: (course) => losses(course, "worker"),
  control: {
    title: "a poller that makes its schedule once, at start",
    run: (course) => losses(course, "naive-worker"),
  },
};

const promisedMs = 30_000;
const settleMs = 500;

type Way = (redis: Redis) => Promise<unknown>;

const ways: Readonly<Record<string, Way>> = {
  flushed: (redis) => redis.flushall(),
  "scheduler removed": (redis) => removeAll(redis, ["{sw}:polls-*:repeat*"]),
  "job removed": (redis) => removeAll(redis, ["{sw}:polls-*:delayed", "{sw}:polls-*:repeat:*:[0-9]*"]),
  // As a worker does whose clock is two hours ahead.
  "clock ahead": postpone,
};

async function losses(course: Course, app: "worker" | "naive-worker"): Promise<Outcome> {
  const perform = (stage: Stage, lose: Way) => loseOnce(stage, lose, app);
  return sideBySide(await performRows(course, { rows: ways, atOnce: Object.keys(ways).length, perform }));
}

async function loseOnce(stage: Stage, lose: Way, app: "worker" | "naive-worker"): Promise<Outcome> {
  const { redis, asked } = await startWatching(stage, app);
  await lose(redis);
  // A poll that was under way proves nothing.
  await delay(settleMs);
  const before = asked();
  const startedAt = performance.now();
  const isAsked = () => asked() > before + 1;
  await waitUntil("the page to be polled again", isAsked, promisedMs).catch(() => undefined);
  const polledAgainMs = isAsked() ? Math.round(performance.now() - startedAt) : Number.POSITIVE_INFINITY;
  const isLate = polledAgainMs > promisedMs;
  const broken = isLate ? [`the page was not polled again within ${promisedMs / 1000} s`] : [];
  return { figures: { polledAgainMs }, broken };
}

async function removeAll(redis: Redis, patterns: readonly string[]): Promise<void> {
  for (const pattern of patterns) {
    const keys = await redis.keys(pattern);
    if (keys.length) await redis.del(...keys);
  }
}

async function postpone(redis: Redis): Promise<void> {
  const ahead = 2 * 3600 * 1000;
  const schedules = (await redis.keys("{sw}:polls-*:repeat")).map((key) => [key, 1] as const);
  const jobs = (await redis.keys("{sw}:polls-*:delayed")).map((key) => [key, 0x1000] as const);
  for (const [key, scale] of [...schedules, ...jobs]) {
    for (const member of await redis.zrange(key, "0", "-1")) await redis.zincrby(key, ahead * scale, member);
  }
}
