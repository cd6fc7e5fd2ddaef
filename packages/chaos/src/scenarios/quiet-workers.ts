import { setTimeout as delay } from "node:timers/promises";
import { cpuSeconds } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { withStage } from "../rig/stage.ts";
import { startWatching, type Watching } from "../rig/watching.ts";

/** A worker that Redis refuses, or that has none, waits: it neither spins nor floods its log. */
export const quietWorkers: Scenario = {
  id: "quiet-workers",
  title: "Redis is full, read-only, or gone for ten seconds, and a worker has nothing to do but wait",
  promises: [5],
  run: (course) => silence(course, "worker"),
  control: {
    title: "a worker with the options that BullMQ comes with",
    run: (course) => silence(course, "naive-worker"),
  },
};

const watchMs = 10_000;
/** What it takes to notice, and to say so once. */
const settleMs = 2000;
const promised = { corePercent: 5, lines: 3 };

const ways: Readonly<Record<string, (watching: Watching) => Promise<unknown>>> = {
  full: ({ redis }) => redis.config("SET", "maxmemory", "1"),
  "read-only": ({ redis }) => redis.replicaof("127.0.0.1", "9"),
  gone: ({ server }) => server.kill(),
};

async function silence({ stage, report }: Course, app: "worker" | "naive-worker"): Promise<Outcome> {
  const broken: string[] = [];
  const figures: Record<string, number> = {};
  for (const [name, begin] of Object.entries(ways)) {
    const row = await withStage({ ...stage, interrupted: never }, async (own) => {
      const watching = await startWatching(own, app);
      await begin(watching);
      await delay(settleMs);
      return during(watching);
    });
    for (const [figure, value] of Object.entries(row)) figures[`${name}, ${figure}`] = value;
    if (row.corePercent > promised.corePercent) broken.push(`${name}: it takes ${row.corePercent} % of a core`);
    if (row.lines > promised.lines) broken.push(`${name}: it logs ${row.lines} lines in ten seconds`);
    report(`${app}, ${name}: ${row.corePercent} % of a core, ${row.lines} lines`);
  }
  return { figures, broken };
}

const never = new Promise<never>(() => undefined);

async function during({ worker, lines }: Watching): Promise<{ corePercent: number; lines: number }> {
  const before = { cpu: await cpuSeconds(worker.pid()), lines: lines() };
  await delay(watchMs);
  const cpu = (await cpuSeconds(worker.pid())) - before.cpu;
  return { corePercent: Math.round((cpu * 100_000) / watchMs), lines: lines() - before.lines };
}
