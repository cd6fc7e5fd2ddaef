import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { backOf, lateIn, msUntil } from "../rig/back.ts";
import { doubled, type FaultySink, missing, openFaultySink } from "../rig/faulty-sink.ts";
import { type RowOutcome, together } from "../rig/figures.ts";
import { postAll, type Posting } from "../rig/post-all.ts";
import { brokenIn, toldOf } from "../rig/told.ts";
import { startUp, type Up } from "../rig/up.ts";

/** The Redis of `statuswire up` is killed again and again under load: `up` alone starts it again, and each webhook is told once. */
export const embeddedRedis: Scenario = {
  id: "embedded-redis",
  title: "The embedded Redis of `statuswire up` is killed again and again, and nobody but `up` starts it again",
  promises: [1, 2, 3, 15],
  run: (course) => kill(course, false),
  control: {
    title: "`up` is paused, and starts nothing again",
    run: (course) => kill(course, true),
  },
};

const perSecond = 50;
/** After each `up` waits longer, up to two seconds after the fourth; after the tenth it would end. */
const kills = 4;
const betweenMs = 2500;
const startMs = 30_000;
const promisedMs = 5000;
const patienceMs = promisedMs + 1000;
const toldMs = 30_000;

/** Where Redis is away for longer, a worker may tell so many events once more to one sink: docs/routing.md. */
const longAwayMs = 4000;
const mostDoubled = 8;

async function kill({ stage, report }: Course, isPaused: boolean): Promise<Outcome> {
  const sink = await openFaultySink(stage);
  const up = await startUp(stage, { hook: { kind: "webhook", url: sink.url } });
  const posting = postAll(() => up.url, perSecond);
  stage.defer(async () => posting.giveUp());
  await waitUntil("events to be told", () => up.path.printed.size > perSecond, startMs);
  if (isPaused) up.pause();

  const struck: RowOutcome[] = [];
  while (struck.length < kills && struck.every(({ broken }) => broken.length === 0)) {
    await delay(betweenMs);
    const one = await strike(up, { posting, name: `kill ${struck.length + 1}` });
    report(`${one.name}: accepted again after ${one.figures["acceptedAgainMs"]} ms`);
    struck.push(one);
  }
  const { figures, broken } = together(struck);
  if (broken.length) return { figures, broken };

  await delay(betweenMs);
  const titles = await posting.stop();
  const told = await toldOf(up.path, titles, toldMs);
  const sunk = await sunkOf(sink, titles);
  const longAway = struck.filter((one) => Number(one.figures["awayMs"]) > longAwayMs).length;
  return {
    figures: { accepted: titles.length, ...figures, ...told, ...sunk },
    broken: [...brokenIn(told, kills), ...brokenAt(sunk, longAway * mostDoubled)],
  };
}

/** Kills the Redis that runs, and finds out how long it takes until another does, and until all goes on. */
async function strike(up: Up, { posting, name }: { posting: Posting; name: string }): Promise<RowOutcome> {
  const pid = await waitUntil("Redis to run", () => up.redisPid(), startMs);
  process.kill(pid, "SIGKILL");
  const isAnother = async () => ((await up.redisPid()) ?? pid) !== pid;
  const [awayMs, back] = await Promise.all([
    msUntil("another Redis to run", isAnother, patienceMs),
    backOf(up.path, { posting, patienceMs }),
  ]);
  const isStartedAgain = Number.isFinite(awayMs);
  const broken = [...(isStartedAgain ? [] : ["Redis was not started again"]), ...lateIn(back, promisedMs)];
  return {
    name,
    figures: { kills: 1, startedAgain: Number(isStartedAgain), awayMs, ...back },
    broken: broken.map((what) => `${name}: ${what}`),
  };
}

type Sunk = Record<"sinkMissing" | "sinkDoubled", number>;

async function sunkOf(sink: FaultySink, titles: readonly string[]): Promise<Sunk> {
  await msUntil("the sink to be told all", () => missing(sink, titles) === 0, toldMs);
  return { sinkMissing: missing(sink, titles), sinkDoubled: doubled(sink) };
}

function brokenAt({ sinkMissing, sinkDoubled }: Sunk, mayDouble: number): string[] {
  return [
    ...(sinkMissing ? [`${sinkMissing} events never reached the sink`] : []),
    ...(sinkDoubled > mayDouble ? [`${sinkDoubled} deliveries too many, at most ${mayDouble} promised`] : []),
  ];
}
