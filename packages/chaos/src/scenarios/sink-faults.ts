import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { doubled, type Fault, type FaultySink, missing, openFaultySink } from "../rig/faulty-sink.ts";
import { hastyDoor } from "../rig/hasty-door.ts";
import { startPart } from "../rig/part.ts";
import { layPath } from "../rig/path.ts";
import { postAll } from "../rig/post-all.ts";
import { randomFrom } from "../rig/random.ts";
import type { Stage } from "../rig/stage.ts";
import { stillness } from "../rig/underway.ts";

/** Sinks are in trouble, each in another: the one that is not hears everything at once, and they once they are back. */
export const sinkFaults: Scenario = {
  id: "sink-faults",
  title: "Sinks answer 500, ask to wait, reset, hang or refuse, beside one that is well",
  promises: [3],
  episodes: { of: "four seconds of trouble", short: 1 },
  run: (course) => trouble(course, (_stage, url) => Promise.resolve(url)),
  control: {
    title: "doors in front of the sinks say yes themselves, and pass two in three on",
    run: (course) => trouble(course, openHastyDoor),
  },
};

const faults: readonly Fault[] = ["errors", "throttles", "resets", "hangs", "refuses"];
const perSecond = 10;
const calmMs = 1500;
const troubleMs = 4000;
/** A sink that has failed five times rests for half a minute, or half as much again; a try waits for a minute at most. */
const deliveredMs = 60_000;
/** From the post to the sink that is well, for all but one in twenty. */
const promisedP95Ms = 2000;

type Named = readonly [name: string, sink: FaultySink];

async function trouble(
  { stage, episodes, report }: Course,
  openDoor: (stage: Stage, url: string) => Promise<string>,
): Promise<Outcome> {
  const steady = await openFaultySink(stage);
  const faulty = await Promise.all(faults.map(async (fault) => [fault, await openFaultySink(stage)] as const));
  const all: readonly Named[] = [["steady", steady], ...faulty];
  const doors = await Promise.all(
    all.map(async ([name, { url }]) => [name, { kind: "webhook", url: await openDoor(stage, url) }] as const),
  );
  const path = await layPath(stage, { sinks: Object.fromEntries(doors) });
  const ingest = await startPart("ingest", path.ingest());
  const worker = await startPart("worker", path.worker());
  for (const part of [ingest, worker]) stage.defer(() => part.stop());

  const posting = postAll(ingest.url, perSecond);
  await delay(calmMs);
  for (const [fault, sink] of faulty) await sink.fail(fault);
  await delay(troubleMs * episodes);
  for (const [, sink] of faulty) await sink.recover();
  const backAt = performance.now();
  await delay(calmMs);
  const titles = await posting.stop();
  const isStill = stillness(path);
  const isOver = async () => all.every(([, sink]) => missing(sink, titles) === 0) || isStill();
  await waitUntil("all to be delivered", isOver, deliveredMs).catch(() => undefined);

  for (const [name, sink] of all) {
    report(
      `${name}: ${missing(sink, titles)} missing, ${doubled(sink)} doubled, the last ${lastAfter(sink, backAt)} ms later`,
    );
  }
  const figures = {
    events: titles.length,
    missing: sum(all, (sink) => missing(sink, titles)),
    doubled: sum(all, doubled),
    steadyP95Ms: p95(posting.postedAt, steady),
    caughtUpMs: Math.max(...faulty.map(([, sink]) => lastAfter(sink, backAt))),
  };
  return { figures, broken: brokenBy(figures) };
}

async function openHastyDoor(stage: Stage, url: string): Promise<string> {
  const door = await hastyDoor(url, { status: 204, random: randomFrom(1) });
  stage.defer(() => door.close());
  return door.url;
}

function sum(sinks: readonly Named[], count: (sink: FaultySink) => number): number {
  return sinks.reduce((total, [, sink]) => total + count(sink), 0);
}

/** When the last came, in ms after they were back. */
function lastAfter({ taken }: FaultySink, backAt: number): number {
  return Math.round(Math.max(0, ...[...taken.values()].flat().map((at) => at - backAt)));
}

/** How long all but one in twenty took from the post to the sink. */
function p95(postedAt: ReadonlyMap<string, number>, { taken }: FaultySink): number {
  const times = [...taken].map(([title, [at = 0]]) => at - (postedAt.get(title) ?? at)).sort((a, b) => a - b);
  return Math.round(times[Math.ceil(times.length * 0.95) - 1] ?? 0);
}

function brokenBy(figures: Record<"missing" | "doubled" | "steadyP95Ms", number>): string[] {
  const { missing: unheard, doubled: twice, steadyP95Ms } = figures;
  return [
    ...(unheard ? [`${unheard} deliveries are missing`] : []),
    ...(twice ? [`${twice} deliveries too many, and nobody died`] : []),
    ...(steadyP95Ms > promisedP95Ms ? [`the sink that was well heard after ${steadyP95Ms} ms`] : []),
  ];
}
