import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { together } from "../rig/figures.ts";
import { compareOrders, wholeLog, wordsByProvider } from "../rig/ordered.ts";
import { type Part, startPart } from "../rig/part.ts";
import { layPath, type OwnPath } from "../rig/path.ts";
import { queueAll, recordedProviders, recordStream } from "../rig/recording.ts";
import { performRows } from "../rig/rows.ts";
import { areHeldBy } from "../rig/shares.ts";
import { dressed } from "../rig/spread.ts";
import type { Stage } from "../rig/stage.ts";
import { watchQueues } from "../rig/underway.ts";

/** However many workers there are, and whatever happens to them, each provider's events are the same as with one, in the same order. */
export const workerOrder: Scenario = {
  id: "worker-order",
  title: "One, two, four and eight workers record the same stream, undisturbed, and killed and paused meanwhile",
  promises: [2],
  measures: true,
  episodes: { of: "2,000 steps of 100 pages", short: 1 },
  run: (course) => record(course, { rows: ours, areSpread: false }),
  control: {
    title: "each of four workers takes jobs of every provider",
    run: (course) => record(course, { rows: controls, areSpread: true }),
  },
};

interface Row {
  workers: number;
  isStruck: boolean;
}

const ours: Readonly<Record<string, Row>> = {
  "2 workers": { workers: 2, isStruck: false },
  "4 workers": { workers: 4, isStruck: false },
  "8 workers": { workers: 8, isStruck: false },
  "1 worker, struck": { workers: 1, isStruck: true },
  "2 workers, struck": { workers: 2, isStruck: true },
  "4 workers, struck": { workers: 4, isStruck: true },
  "8 workers, struck": { workers: 8, isStruck: true },
};
const controls: Readonly<Record<string, Row>> = { "4 workers": { workers: 4, isStruck: false } };

const stepsInEpisode = 2000;
const atOnce = 2;
const heldMs = 60_000;
const recordedMs = 90_000;
const pauseMs = 8000;
/** What is done to workers once this share of the events is in the log. */
const strikes: readonly { share: number; fault: "kill" | "pause" }[] = [
  { share: 0.15, fault: "kill" },
  { share: 0.4, fault: "pause" },
  { share: 0.7, fault: "kill" },
];

interface Manner {
  rows: Readonly<Record<string, Row>>;
  areSpread: boolean;
}

/** By provider the ids of its events, in the order of the log. */
type Logged = ReadonlyMap<string, readonly string[]>;

async function record({ stage, episodes, report }: Course, { rows, areSpread }: Manner): Promise<Outcome> {
  const stream = recordStream(stepsInEpisode * episodes);
  const one = { workers: 1, isStruck: false };
  const truth = await recorded(stage, { row: one, stream, areSpread: false });
  const events = sizeOf(truth);
  report(`1 worker: ${stream.length} observations, ${events} events`);
  const perform = async (own: Stage, row: Row): Promise<Outcome> => {
    const { outOfOrder, lost, doubled } = compareOrders(
      truth,
      await recorded(own, { row, stream, areSpread, events }),
    );
    const figures = { outOfOrder: outOfOrder.length, lost: lost.length, doubled: doubled.length };
    const broken = Object.entries({ "out of order": outOfOrder, lost, doubled }).flatMap(([what, some]) =>
      some.length ? [`${some.length} events are ${what}, such as ${some[0] ?? ""}`] : [],
    );
    return { figures, broken };
  };
  const outcome = together(await performRows({ stage, report }, { rows, atOnce, perform }));
  return { ...outcome, figures: { observations: stream.length, events, ...outcome.figures } };
}

interface Run {
  row: Row;
  stream: ReturnType<typeof recordStream>;
  areSpread: boolean;
  /** How many there will be, as far as that is known. */
  events?: number;
}

/** Has workers record a stream that is queued all at once, on a Redis of their own. */
async function recorded(stage: Stage, { row, stream, areSpread, events = 0 }: Run): Promise<Logged> {
  const path = await layPath(stage, { ids: recordedProviders });
  const { workers: count, isStruck } = row;
  const workers = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      startPart(`worker-${index + 1}`, dressed(path.worker(), { index, areSpread })),
    ),
  );
  for (const worker of workers) stage.defer(() => worker.stop());
  if (!areSpread) await waitUntil("the partitions to be held", () => areHeldBy(path, count), heldMs);
  const watch = watchQueues(path.redis);
  stage.defer(() => watch.close());
  await queueAll(path.redis, stream, path.queues.partitions.length);
  if (isStruck) await strike(path, workers, events);
  // What is not recorded by then is missing from the log.
  await waitUntil("all to be recorded", () => watch.isProcessed(), recordedMs).catch(() => undefined);
  const logged = wordsByProvider(await wholeLog(path.redis), ({ id }) => id);
  await Promise.all(workers.map((worker) => worker.stop()));
  return logged;
}

/** Strikes one worker after another, while there is work. */
async function strike({ redis }: OwnPath, workers: readonly Part[], events: number): Promise<void> {
  for (const [index, { share, fault }] of strikes.entries()) {
    const worker = workers[index % workers.length];
    const hasCome = async () => (await redis.xlen("{sw}:events")) >= share * events;
    await waitUntil("some to be recorded", hasCome, recordedMs);
    if (!worker) continue;
    if (fault === "pause") {
      worker.pause();
      await delay(pauseMs);
      worker.resume();
    } else {
      await worker.kill();
      await worker.revive();
    }
  }
}

function sizeOf(logged: Logged): number {
  return [...logged.values()].reduce((sum, { length }) => sum + length, 0);
}
