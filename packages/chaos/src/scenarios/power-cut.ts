import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { openDisk, whyNoDisk } from "../rig/disk.ts";
import { acceptedIn, startSenders } from "../rig/load.ts";
import { startPart } from "../rig/part.ts";
import { queuedIds } from "../rig/queued.ts";
import { startServer } from "../rig/server.ts";
import { type Stage, withStage } from "../rig/stage.ts";

/** The power goes while webhooks are being accepted: each one answered 202 is there when the machine is back. */
export const powerCut: Scenario = {
  id: "power-cut",
  title: "The power goes while webhooks are accepted",
  promises: [1],
  needs: whyNoDisk,
  run: (course) => cuts(course, "always"),
  control: {
    title: "Redis syncs its file once a second",
    run: (course) => cuts(course, "everysec"),
  },
};

type Fsync = "always" | "everysec";

/** Between two syncs of `everysec`, and past the first. */
const loadMs = 1300;

async function cuts({ stage, episodes = 3, report }: Course, fsync: Fsync): Promise<Outcome> {
  const broken: string[] = [];
  let accepted = 0;
  for (let episode = 1; episode <= episodes; episode++) {
    const cut = await withStage({ ...stage, interrupted: never }, (own) => cutOnce(own, fsync));
    accepted += cut.accepted;
    if (cut.lost) broken.push(`cut ${episode}: ${cut.lost} of ${cut.accepted} accepted webhooks are gone`);
    report(`cut ${episode} of ${episodes}, ${fsync}: ${cut.lost} of ${cut.accepted} lost`);
  }
  return { figures: { cuts: episodes, accepted, cutsThatLost: broken.length }, broken };
}

const never = new Promise<never>(() => undefined);

async function cutOnce(stage: Stage, fsync: Fsync): Promise<{ accepted: number; lost: number }> {
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
  return { accepted: accepted.length, lost: accepted.filter((id) => !held.has(id)).length };
}
