import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { startPart } from "../rig/part.ts";
import { layPathOver } from "../rig/path.ts";
import { postAll } from "../rig/post-all.ts";
import { startServer } from "../rig/server.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** Redis is killed again and again under load, and started again as a supervisor would: each webhook is told once. */
export const redisKilled: Scenario = {
  id: "redis-killed",
  title: "Redis is killed again and again while webhooks are accepted and told",
  promises: [1, 2, 3],
  episodes: { of: "a kill", short: 5 },
  run: (course) => kill(course, true),
  control: {
    title: "Redis keeps everything in memory",
    episodes: 1,
    run: (course) => kill(course, false),
  },
};

const perSecond = 50;
const betweenMs = 1500;
const awayMs = 500;
const toldMs = 40_000;

async function kill({ stage, episodes: kills }: Course, appendOnly: boolean): Promise<Outcome> {
  const server = await startServer({ dataDir: await stage.folder(), appendOnly, env: stage.env });
  stage.defer(() => server.stop());
  const path = await layPathOver(server.url, stage);
  const ingest = await startPart("ingest", path.ingest());
  stage.defer(() => ingest.stop());
  const worker = await startPart("worker", path.worker());
  stage.defer(() => worker.stop());
  const posting = postAll(() => ingest.url(), perSecond);
  stage.defer(async () => posting.giveUp());
  for (let number = 0; number < kills; number++) {
    const before = posting.accepted.size;
    await waitUntil("webhooks to be accepted", () => posting.accepted.size > before, toldMs);
    await delay(betweenMs);
    await server.kill();
    await delay(awayMs);
    await server.revive();
  }
  const titles = await posting.stop();
  const told = await toldOf(path, titles, toldMs);
  return { figures: { kills, accepted: titles.length, ...told }, broken: brokenIn(told, kills) };
}
