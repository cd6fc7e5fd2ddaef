import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { openDisk, whyNoDisk } from "../rig/disk.ts";
import { together } from "../rig/figures.ts";
import { acceptedIn, startSenders } from "../rig/load.ts";
import { startPart } from "../rig/part.ts";
import { queuedIds } from "../rig/queued.ts";
import { performRows } from "../rig/rows.ts";
import { startServer } from "../rig/server.ts";
import type { Stage } from "../rig/stage.ts";

/** The power goes while webhooks are being accepted: each one answered 202 is there when the machine is back. */
export const powerCut: Scenario = {
  id: "power-cut",
  title: "The power goes while webhooks are accepted",
  promises: [1],
  needs: whyNoDisk,
  episodes: { of: "a cut", short: 3 },
  run: (course) => cuts(course, "always"),
  control: {
    title: "Redis syncs its file once a second",
    episodes: 1,
    run: (course) => cuts(course, "everysec"),
  },
};

type Fsync = "always" | "everysec";

/** Between two syncs of `everysec`, and past the first. */
const loadMs = 1300;

async function cuts(course: Course, fsync: Fsync): Promise<Outcome> {
  const numbers = Array.from({ length: course.episodes }, (_, index) => [`cut ${index + 1}`, fsync] as const);
  return together(await performRows(course, { rows: Object.fromEntries(numbers), atOnce: 1, perform: cutOnce }));
}

async function cutOnce(stage: Stage, fsync: Fsync): Promise<Outcome> {
  const disk = await openDisk(stage);
  const server = await startServer({ dataDir: join(disk.folder, "redis"), fsync, env: stage.env });
  stage.defer(() => server.stop());
  const ingest = await startPart("ingest", { app: "ingest", env: { ...stage.env, REDIS_URL: server.url } });
  stage.defer(() => ingest.stop());
  const load = startSenders(ingest.url(), 32);
  stage.defer(() => load.stop());
  await delay(loadMs);

  // First what was accepted, then the disk: whatever is listed is older than what the disk holds.
  const accepted = acceptedIn(load);
  process.kill(server.pid(), "SIGSTOP");
  const found = await disk.afterPowerCut();
  await server.kill();

  const back = await startServer({ dataDir: join(found, "redis"), fsync, env: stage.env });
  stage.defer(() => back.stop());
  const held = await queuedIds(stage.connect(back.url));
  const lost = accepted.filter((id) => !held.has(id)).length;
  const figures = { cuts: 1, accepted: accepted.length, lost, cutsThatLost: Number(lost > 0) };
  return { figures, broken: lost ? [`${lost} of ${accepted.length} accepted webhooks are gone`] : [] };
}
