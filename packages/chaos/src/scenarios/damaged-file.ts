import { cp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startEmbeddedRedis } from "@statuswire/embedded-redis";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { acceptedIn, startSenders } from "../rig/load.ts";
import { startPart } from "../rig/part.ts";
import { queuedIds } from "../rig/queued.ts";
import { startServer } from "../rig/server.ts";
import type { Stage } from "../rig/stage.ts";

/** What Redis finds of its file is damaged: at the end, only what was half written is lost, and said; before it, nothing starts. */
export const damagedFile: Scenario = {
  id: "damaged-file",
  title: "The append-only file has lost its last bytes, or is damaged in the middle",
  promises: [1],
  run: (course) => damages(course, true),
  control: {
    title: "Redis starts with nothing when it does not like its file",
    run: (course) => damages(course, false),
  },
};

const senders = 32;
const loadMs = 1500;
const cuts = [1, 10, 100, 1000];
/** What may stand in the last command and the one before: a job carries what came together. */
const lastOnes = 2 * senders;

async function damages({ stage, report }: Course, readsFile: boolean): Promise<Outcome> {
  const { dataDir, accepted } = await accept(stage);
  const figures = {
    accepted: accepted.length,
    starts: 0,
    lostOfTheLast: 0,
    lostBefore: 0,
    unsaid: 0,
    refusals: 0,
  };
  for (const bytes of cuts) {
    const copy = await copyOf(stage, dataDir);
    const file = await appendOnlyFile(copy);
    await truncate(file, (await stat(file)).size - bytes);
    const { held, said } = await begin(stage, { dataDir: copy, appendOnly: readsFile });
    const missing = accepted.flatMap((id, index) => (held.has(id) ? [] : [index]));
    const before = missing.filter((index) => index < accepted.length - lastOnes).length;
    figures.starts++;
    figures.lostBefore += before;
    figures.lostOfTheLast += missing.length - before;
    if (missing.length && !said.some((line) => line.includes("has cut the end of"))) figures.unsaid++;
    report(`without its last ${bytes} bytes: ${missing.length} of ${accepted.length} lost; ${said.join(" ")}`);
  }
  const copy = await copyOf(stage, dataDir);
  await spoil(await appendOnlyFile(copy));
  const refusal = await begin(stage, { dataDir: copy, appendOnly: readsFile }).then(() => "", String);
  if (refusal.includes("redis-check-aof")) figures.refusals++;
  report(`damaged in the middle: ${refusal.split("\n")[0] || "it started"}`);
  const broken = [
    ...(figures.lostBefore ? [`${figures.lostBefore} webhooks are lost that were not in the last command`] : []),
    ...(figures.unsaid ? [`of ${figures.unsaid} cuts nothing was said`] : []),
    ...(figures.refusals ? [] : ["with a file damaged in the middle it did not say how to repair it"]),
  ];
  return { figures, broken };
}

/** A folder of a Redis that was killed under load, and what had been accepted, in that order. */
async function accept(stage: Stage): Promise<{ dataDir: string; accepted: string[] }> {
  const dataDir = await stage.folder();
  const server = await startServer({ dataDir, env: stage.env });
  stage.defer(() => server.stop());
  const ingest = await startPart("ingest", { app: "ingest", env: { ...stage.env, REDIS_URL: server.url } });
  stage.defer(() => ingest.stop());
  const load = startSenders(ingest.url(), senders);
  await delay(loadMs);
  await load.stop();
  await server.kill();
  return { dataDir, accepted: acceptedIn(load) };
}

async function copyOf(stage: Stage, dataDir: string): Promise<string> {
  const copy = await stage.folder();
  await cp(join(dataDir, "appendonlydir"), join(copy, "appendonlydir"), { recursive: true });
  return copy;
}

async function appendOnlyFile(dataDir: string): Promise<string> {
  const folder = join(dataDir, "appendonlydir");
  const name = (await readdir(folder)).find((file) => file.endsWith(".incr.aof"));
  return join(folder, name ?? "missing");
}

/** Makes of a command's beginning in the middle of the file something that is none. */
async function spoil(file: string): Promise<void> {
  const bytes = await readFile(file);
  const beginning = bytes.indexOf("\r\n*", bytes.length / 2) + 2;
  bytes.write("!", beginning);
  await writeFile(file, bytes);
}

async function begin(stage: Stage, { dataDir, appendOnly }: { dataDir: string; appendOnly: boolean }) {
  const said: string[] = [];
  const env = { ...stage.env, STATUSWIRE_NO_INSTALL: "1" };
  const server = await startEmbeddedRedis({ dataDir, appendOnly, env, report: (line) => void said.push(line) });
  const redis = stage.connect(server.socketPath);
  const held = await queuedIds(redis);
  redis.disconnect();
  await server.stop();
  await rm(dataDir, { recursive: true });
  return { held, said };
}
