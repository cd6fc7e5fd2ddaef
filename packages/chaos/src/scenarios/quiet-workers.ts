import { setTimeout as delay } from "node:timers/promises";
import { cpuSeconds } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { sideBySide } from "../rig/figures.ts";
import { performRows } from "../rig/rows.ts";
import type { Stage } from "../rig/stage.ts";
import { startWatching, type Watching } from "../rig/watching.ts";

/** A worker that Redis refuses, or that has none, waits: it neither spins nor floods its log. */
export const quietWorkers: Scenario = {
  id: "quiet-workers",
  title: "Redis is full, read-only, or gone for ten seconds, and a worker has nothing to do but wait",
  promises: [5],
  measures: true,
  run: (course) => silence(course, "worker"),
  control: {
    title: "a worker with the options that BullMQ comes with",
    run: (course) => silence(course, "naive-worker"),
  },
};

/** Just short of ten seconds: what is said once in ten is then heard once at most, whenever it is said. */
const watchMs = 9_800;
/** What it takes to notice, and to say so once. */
const settleMs = 2000;
const promised = { corePercent: 5, lines: 1 };

type Way = (watching: Watching) => Promise<unknown>;

const ways: Readonly<Record<string, Way>> = {
  full: ({ redis }) => redis.config("SET", "maxmemory", "1"),
  "read-only": ({ redis }) => redis.replicaof("127.0.0.1", "9"),
  gone: ({ server }) => server.kill(),
};

async function silence(course: Course, app: "worker" | "naive-worker"): Promise<Outcome> {
  const perform = (stage: Stage, begin: Way) => silenceOnce(stage, begin, app);
  return sideBySide(await performRows(course, { rows: ways, atOnce: Object.keys(ways).length, perform }));
}

async function silenceOnce(stage: Stage, begin: Way, app: "worker" | "naive-worker"): Promise<Outcome> {
  const watching = await startWatching(stage, app);
  await begin(watching);
  await delay(settleMs);
  const figures = await during(watching);
  const { corePercent, lines } = figures;
  const broken = [
    ...(corePercent > promised.corePercent ? [`it takes ${corePercent} % of a core`] : []),
    ...(lines > promised.lines ? [`it logs ${lines} lines in ten seconds`] : []),
  ];
  return { figures, broken };
}

async function during({ worker, lines }: Watching): Promise<{ corePercent: number; lines: number }> {
  const before = { cpu: await cpuSeconds(worker.pid()), lines: lines() };
  await delay(watchMs);
  const cpu = (await cpuSeconds(worker.pid())) - before.cpu;
  return { corePercent: Math.round((cpu * 100_000) / watchMs), lines: lines() - before.lines };
}
