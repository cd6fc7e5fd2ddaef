import { once } from "node:events";
import http from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { countJobs } from "@statuswire/queues";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { isReady } from "../rig/part.ts";
import { layPath, opening } from "../rig/path.ts";
import { type Exit, type Program, type Running, start } from "../rig/process.ts";
import type { Stage } from "../rig/stage.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/**
 * Every process is replaced under load: nobody is refused, nothing is lost, told twice or left in hand, and each exits with 0,
 * also without Redis.
 */
export const rollingRestart: Scenario = {
  id: "rolling-restart",
  title: "Every process is told to stop under load, and once more with Redis gone",
  promises: [9],
  measures: true,
  episodes: { of: "every process replaced", short: 2 },
  run: (course) => roll(course, "SIGTERM"),
  control: {
    title: "processes that are killed instead",
    run: (course) => roll(course, "SIGKILL"),
  },
};

const perSecond = 100;
const toldMs = 30_000;
const promisedMs = 10_000;
const readyMs = 30_000;

/** What the next server is asked for a request that another no longer takes. */
interface Balancer {
  backends: Set<string>;
  /** How those were answered that were not accepted; 0: not at all. */
  refusals: number[];
  titles: string[];
}

async function roll({ stage, episodes, report }: Course, signal: NodeJS.Signals): Promise<Outcome> {
  const path = await layPath(stage);
  const balancer: Balancer = { backends: new Set(), refusals: [], titles: [] };
  const exits: Exited[] = [];
  let [doors, workers] = await Promise.all([
    Promise.all([1, 2].map(() => open(stage, path.ingest(), balancer))),
    Promise.all([1, 2].map(() => open(stage, path.worker()))),
  ]);
  const load = startBalanced(balancer);
  for (let round = 0; round < episodes; round++) {
    const freshDoors = replaced(doors, async (old) => {
      const fresh = await open(stage, path.ingest(), balancer);
      balancer.backends.delete(old.url);
      exits.push(await end(old, signal));
      return fresh;
    });
    const freshWorkers = replaced(workers, async (old) => {
      const fresh = await open(stage, path.worker());
      exits.push(await end(old, signal));
      return fresh;
    });
    [doors, workers] = await Promise.all([freshDoors, freshWorkers]);
  }
  await load.stop();
  const told = await toldOf(path, balancer.titles, toldMs);
  const leftInHand = await countJobs(path.queues, "quarantine", ["waiting", "active", "completed"]);
  await path.server.kill();
  exits.push(...(await Promise.all([...doors, ...workers].map((running) => end(running, signal)))));
  for (const { app, tookMs } of exits) report(`${app} ended after ${tookMs} ms`);
  const slowestMs = Math.max(...exits.map(({ tookMs }) => tookMs));
  const unclean = exits.filter(({ code }) => code !== 0);
  const { titles } = balancer;
  const refused = balancer.refusals.length;
  const broken = [
    ...(refused ? [`${refused} webhooks were not answered 202, but ${balancer.refusals.join(", ")}`] : []),
    ...unclean.map(
      ({ app, code, signal: by, lastLine }) => `${app} ended with ${code ?? by ?? "nothing"}: ${lastLine()}`,
    ),
    ...(leftInHand ? [`${leftInHand} jobs were left in hand`] : []),
    ...(slowestMs > promisedMs ? [`one took ${slowestMs} ms to stop, promised ${promisedMs}`] : []),
    ...brokenIn(told, 0),
  ];
  const figures = {
    accepted: titles.length,
    refused,
    exits: exits.length,
    unclean: unclean.length,
    slowestMs,
    leftInHand,
    ...told,
  };
  return { figures, broken };
}

/** A process under load, with what it has said last. */
interface Loaded extends Running {
  app: Program["app"];
  lastLine(): string;
}

async function open(stage: Stage, program: Program, balancer?: Balancer): Promise<Loaded> {
  const port = program.app === "worker" ? "WORKER_PORT" : "INGEST_PORT";
  let line = "";
  const logged = (said: string) => void (line = said);
  const running = await start({ ...program, logged, env: { ...program.env, [port]: "0" } });
  stage.defer(() => running.stop());
  await waitUntil("the process to be ready", () => isReady(running.url), readyMs);
  balancer?.backends.add(running.url);
  return { ...running, app: program.app, lastLine: () => line };
}

async function replaced(old: readonly Loaded[], replace: (one: Loaded) => Promise<Loaded>): Promise<Loaded[]> {
  const fresh: Loaded[] = [];
  for (const one of old) fresh.push(await replace(one));
  return fresh;
}

type Exited = Exit & Pick<Loaded, "app" | "lastLine"> & { tookMs: number };

async function end(running: Loaded, signal: NodeJS.Signals): Promise<Exited> {
  const startedAt = performance.now();
  running.signal(signal);
  const exit = await running.ended;
  const { app, lastLine } = running;
  return { ...exit, app, lastLine, tookMs: Math.round(performance.now() - startedAt) };
}

/** Posts to the backends by turns, each request on a connection of its own, as the plainest of balancers does. */
function startBalanced(balancer: Balancer) {
  const underway = new Set<Promise<void>>();
  let number = 0;
  const timer = setInterval(() => {
    const posting = post(opening(number++)).finally(() => underway.delete(posting));
    underway.add(posting);
  }, 1000 / perSecond);

  async function post({ title, path, body }: ReturnType<typeof opening>): Promise<void> {
    const backends = [...balancer.backends];
    const backend = backends[number % backends.length] ?? "";
    const status = await statusOf(`${backend}${path}`, body).catch(() => 0);
    if (status === 202) balancer.titles.push(title);
    else balancer.refusals.push(status);
  }

  return {
    async stop() {
      clearInterval(timer);
      while (underway.size) await Promise.all([...underway, delay(20)]);
    },
  };
}

/** On a connection of its own: `fetch` keeps its connections, and may send on one that is being closed. */
async function statusOf(url: string, body: string): Promise<number> {
  const headers = { "content-type": "application/json" };
  const request = http.request(url, { method: "POST", agent: false, headers }).end(body);
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}
