import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { residentMb, waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { openSmallDisk, whyNoMount } from "../rig/disk.ts";
import { acceptedIn, startStream } from "../rig/load.ts";
import { judgeOutage } from "../rig/outage.ts";
import { startPart } from "../rig/part.ts";
import type { Program } from "../rig/process.ts";
import { startServer } from "../rig/server.ts";

/** The disk of Redis is full, and Redis ends: what can't be kept is refused, and what was accepted is there when there is room again. */
export const diskFull: Scenario = {
  id: "disk-full",
  title: "The disk of Redis is full, until somebody makes room and starts Redis again",
  promises: [1, 5],
  needs: whyNoMount,
  measures: true,
  episodes: { of: "two seconds without room", short: 1 },
  run: (course) => fill(course, "ingest"),
  control: {
    title: "a door with the options that BullMQ and ioredis come with",
    run: (course) => fill(course, "naive-ingest"),
  },
};

const perSecond = 200;
const awayMs = 2000;
/** What it takes Redis to find that it cannot write. */
const endMs = 10_000;

async function fill({ stage, episodes }: Course, app: Program["app"]): Promise<Outcome> {
  const disk = await openSmallDisk(stage);
  const server = await startServer({ dataDir: join(disk.folder, "redis"), env: stage.env });
  stage.defer(() => server.stop());
  const ingest = await startPart(app, { app, env: { ...stage.env, REDIS_URL: server.url } });
  stage.defer(() => ingest.stop());
  const load = startStream(ingest.url(), { perSecond });
  stage.defer(() => load.stop());
  await waitUntil("webhooks to be accepted", () => acceptedIn(load).length > perSecond);
  const before = await residentMb(ingest.pid());

  let hasEnded = false;
  void server.ended().then(() => (hasEnded = true));
  await disk.fill();
  await waitUntil("Redis to end", () => hasEnded, endMs);
  const since = performance.now();
  await delay(awayMs * episodes);
  const growthMb = Math.round((await residentMb(ingest.pid())) - before);
  await disk.free();
  await server.revive();
  return judgeOutage({ load, redis: stage.connect(server.url), since, until: performance.now(), growthMb });
}
