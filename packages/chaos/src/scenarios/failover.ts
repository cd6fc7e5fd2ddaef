import { setTimeout as delay } from "node:timers/promises";
import { type ReplicatedRedis, startCluster, startSentinels, waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { startPart } from "../rig/part.ts";
import { layPathOver, type Path } from "../rig/path.ts";
import { postAll, type Posting } from "../rig/post-all.ts";
import { type Stage, withStage } from "../rig/stage.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** The master is killed, or hangs and comes back: a replica takes over, everything goes on with it, and nothing is lost. */
export const failover: Scenario = {
  id: "failover",
  title: "The master of three is killed, or hangs, with sentinels and in a cluster",
  promises: [12],
  run: (course) => takeOvers(course, ({ url }) => url),
  control: {
    title: "the processes know nobody but the old master",
    run: (course) => takeOvers(course, ({ master }) => master.url),
  },
};

const perSecond = 30;
const loadMs = 1500;
const promisedMs = 5000;
/** Whoever is not back by then is not waited for. */
const patienceMs = 15_000;
/** What a worker had in hand is told once its lock has run out. */
const toldMs = 30_000;

const rows = [
  { name: "sentinels, killed", start: startSentinels, signal: "SIGKILL" },
  { name: "sentinels, hung", start: startSentinels, signal: "SIGSTOP" },
  { name: "cluster, killed", start: startCluster, signal: "SIGKILL" },
  { name: "cluster, hung", start: startCluster, signal: "SIGSTOP" },
] as const;

interface Row extends Pick<(typeof rows)[number], "start" | "signal"> {
  /** What the processes get to know. */
  urlOf(servers: ReplicatedRedis): string;
}

async function takeOvers({ stage, episodes = 1, report }: Course, urlOf: Row["urlOf"]): Promise<Outcome> {
  const all: Outcome[] = [];
  for (const { name, ...row } of Array.from({ length: episodes }, () => rows).flat()) {
    const outcome = await withStage({ ...stage, interrupted: never }, (own) => takeOver(own, { ...row, urlOf }));
    const { figures, broken } = outcome;
    report(
      `${name}: ${Object.entries(figures)
        .map(([figure, value]) => `${figure} ${value}`)
        .join(", ")}`,
    );
    all.push({ figures, broken: broken.map((what) => `${name}: ${what}`) });
  }
  return together(all);
}

const never = new Promise<never>(() => undefined);

async function takeOver(stage: Stage, { start, signal, urlOf }: Row): Promise<Outcome> {
  const servers = await start(stage.env);
  stage.defer(() => servers.stop());
  const path = await layPathOver(servers.url, stage);
  const url = urlOf(servers);
  const ingest = await startPart("ingest", path.ingest(url));
  stage.defer(() => ingest.stop());
  const worker = await startPart("worker", path.worker(url));
  stage.defer(() => worker.stop());
  const posting = postAll(() => ingest.url(), perSecond);
  stage.defer(async () => posting.giveUp());
  await waitUntil("events to be told", () => path.printed.size > perSecond, 30_000);

  process.kill(servers.master.pid, signal);
  const back = await backOf(path, posting);
  if (back.acceptedAgainMs === Number.POSITIVE_INFINITY) return { figures: back, broken: lateIn(back) };
  await delay(loadMs);
  // It still takes itself for the master.
  if (signal === "SIGSTOP") process.kill(servers.master.pid, "SIGCONT");
  await delay(loadMs);
  const titles = await posting.stop();
  const told = await toldOf(path, titles, toldMs);
  // What was told while nobody could note it any more is told again.
  const deaths = told.printedTwice;
  return {
    figures: { ...back, accepted: titles.length, ...told },
    broken: [...lateIn(back), ...brokenIn(told, deaths)],
  };
}

/** How long it takes until a webhook is accepted, and an event told, that came after this moment. */
async function backOf(path: Path, posting: Posting) {
  const since = performance.now();
  const titles = () => [...posting.postedAt].flatMap(([title, at]) => (at > since ? [title] : []));
  const [acceptedAgainMs, toldAgainMs] = await Promise.all([
    msUntil(since, () => titles().some((title) => posting.accepted.has(title))),
    msUntil(since, () => titles().some((title) => path.printed.has(title))),
  ]);
  return { acceptedAgainMs, toldAgainMs };
}

async function msUntil(since: number, isSo: () => boolean): Promise<number> {
  return waitUntil("it to go on", isSo, patienceMs).then(
    () => Math.round(performance.now() - since),
    () => Number.POSITIVE_INFINITY,
  );
}

function lateIn(back: Awaited<ReturnType<typeof backOf>>): string[] {
  return Object.entries(back).flatMap(([figure, ms]) =>
    ms > promisedMs ? [`${figure} ${ms}, promised ${promisedMs}`] : [],
  );
}

/** Of times the longest, of all else the sum. */
function together(all: readonly Outcome[]): Outcome {
  const figures: Record<string, number> = {};
  for (const [figure, value] of all.flatMap((outcome) => Object.entries(outcome.figures))) {
    const before = figures[figure] ?? 0;
    figures[figure] = figure.endsWith("Ms") ? Math.max(before, value) : before + value;
  }
  return { figures, broken: all.flatMap(({ broken }) => broken) };
}
