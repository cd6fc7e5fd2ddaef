import { setTimeout as delay } from "node:timers/promises";
import { type ReplicatedRedis, startCluster, startSentinels, waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { backOf, lateIn } from "../rig/back.ts";
import { type RowOutcome, together } from "../rig/figures.ts";
import { startPart } from "../rig/part.ts";
import { layPathOver } from "../rig/path.ts";
import { postAll } from "../rig/post-all.ts";
import { performRows } from "../rig/rows.ts";
import type { Stage } from "../rig/stage.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** The master is killed, or hangs and comes back: a replica takes over, everything goes on with it, and nothing is lost. */
export const failover: Scenario = {
  id: "failover",
  title: "The master of three is killed, or hangs, with sentinels and in a cluster",
  promises: [12],
  measures: true,
  episodes: { of: "each of four failovers", short: 1 },
  run: (course) => takeOvers(course, { rows: all, urlOf: ({ url }) => url, patienceMs: 15_000 }),
  control: {
    title: "the processes know nobody but the old master",
    run: (course) =>
      takeOvers(course, {
        rows: oneOfEach,
        urlOf: ({ master }) => master.url,
        patienceMs: promisedMs + 1000,
      }),
  },
};

const perSecond = 30;
const loadMs = 1500;
const promisedMs = 5000;
/** So many take less of the machine than a master would need to seem gone. */
const atOnce = 2;
/** What a worker had in hand is told once its lock has run out. */
const toldMs = 30_000;

interface Row {
  start: typeof startSentinels;
  signal: "SIGKILL" | "SIGSTOP";
}

const oneOfEach: Readonly<Record<string, Row>> = {
  "sentinels, killed": { start: startSentinels, signal: "SIGKILL" },
  "cluster, hung": { start: startCluster, signal: "SIGSTOP" },
};

const all: Readonly<Record<string, Row>> = {
  ...oneOfEach,
  "sentinels, hung": { start: startSentinels, signal: "SIGSTOP" },
  "cluster, killed": { start: startCluster, signal: "SIGKILL" },
};

interface Manner {
  /** What the processes get to know. */
  urlOf(servers: ReplicatedRedis): string;
  /** Whoever is not back by then is not waited for. */
  patienceMs: number;
}

interface TakeOvers extends Manner {
  rows: typeof all;
}

async function takeOvers({ episodes, ...course }: Course, { rows, ...manner }: TakeOvers): Promise<Outcome> {
  const outcomes: RowOutcome[] = [];
  for (let episode = 0; episode < episodes; episode++) {
    const perform = (stage: Stage, row: Row) => takeOver(stage, { ...row, ...manner });
    outcomes.push(...(await performRows(course, { rows, atOnce, perform })));
  }
  return together(outcomes);
}

async function takeOver(stage: Stage, { start, signal, urlOf, patienceMs }: Row & Manner): Promise<Outcome> {
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
  const back = await backOf(path, { posting, patienceMs });
  if (back.acceptedAgainMs === Number.POSITIVE_INFINITY)
    return { figures: back, broken: lateIn(back, promisedMs) };
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
    broken: [...lateIn(back, promisedMs), ...brokenIn(told, deaths)],
  };
}
