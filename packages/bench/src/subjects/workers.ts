import { partitionOf, usualPartitionCount } from "@statuswire/queues";
import { keys } from "@statuswire/store";
import { cpuSeconds, waitUntil } from "@statuswire/testing";
import { startWorker } from "../apps.ts";
import {
  type Backlog,
  backlogOn,
  pause,
  queueReadings,
  queueWebhooks,
  readingsOf,
  secondsToDrain,
} from "../backlog.ts";
import { limitTo, whyNoShares } from "../cpu-share.ts";
import { servePages, watching } from "../pages.ts";
import type { Running } from "../program.ts";
import { unasked } from "../quiet.ts";
import type { Server, Stage } from "../stage.ts";
import type { Figure, Measured, Subject } from "../subject.ts";
import { window } from "../usage.ts";
import { webhooksOf } from "../webhooks.ts";

/** Of a core, for each worker: eight of them and Redis then fit on two cores. */
const share = 0.1;
const counts = [2, 4, 8] as const;
const goals = { 2: 1.8, 4: 3.4, 8: 6 };
/** What each of a share can reach where pages are spread at random: the most loaded partition may weigh more than a worker's part. */
const randomGoals = { 2: 1.8, 4: 3.4, 8: 6 };

interface Kind {
  name: string;
  about: string;
  goals: Readonly<Record<(typeof counts)[number], number>>;
  /** Items a second that so many workers do, and their processor time for each, in µs. */
  measure(stage: Stage, workers: number): Promise<Outcome>;
}

interface Outcome {
  perSecond: number;
  micros: number;
  /** Events that were recorded. */
  events: number;
}

const kinds: readonly Kind[] = [
  {
    name: "webhooks",
    about: "a backlog of webhooks of 96 pages, balanced over the partitions",
    goals,
    measure: (stage, workers) => drainWebhooks(stage, workers, { ids: balanced(96), count: 6000 }),
  },
  {
    name: "pages",
    about: "a backlog of webhooks of 1,008 pages, balanced over the partitions",
    goals,
    measure: (stage, workers) => drainWebhooks(stage, workers, { ids: balanced(1008), count: 9000 }),
  },
  {
    name: "random",
    about: "a backlog of webhooks of 100 pages, as their names spread them over the partitions",
    goals: randomGoals,
    measure: (stage, workers) => drainWebhooks(stage, workers, { ids: named(100), count: 6000 }),
  },
  {
    name: "summaries",
    about: "a backlog of 20 KB summaries of 96 pages, balanced, each of which moves a component",
    goals,
    measure: drainSummaries,
  },
  { name: "polls", about: "polls of 4,000 pages that nobody can ask in time", goals, measure: countPolls },
];

/** The same work by several workers, each with the same share of a core. */
export const workers: Subject = {
  name: "workers",
  against: "one worker with the same share of a core",
  figures: [
    ...kinds.flatMap(({ name, about, goals: wanted }) =>
      counts.map((count): Figure => ({
        name: `workers-${name}-${count}`,
        about: `${about}: with ${count} workers, each limited to ${share * 100} % of a core`,
        unit: "per second",
        better: "higher",
        goal: { of: "ratio", atLeast: wanted[count] },
      })),
    ),
    {
      name: "workers-events-8",
      about: "events that 8 workers record of a backlog of webhooks",
      unit: "events",
      better: "higher",
      goal: { of: "ratio", atLeast: 1, atMost: 1 },
    },
    {
      name: "workers-cpu-8",
      about: "processor time of 8 workers for each webhook of 96 pages",
      unit: "µs",
      better: "lower",
      goal: { of: "ratio", atMost: 1.25 },
    },
  ],
  missing: whyNoShares,
  async ours(stage) {
    const measured: Record<string, number> = {};
    for (const { name, measure } of kinds) {
      for (const count of counts) {
        const outcome = await measure(stage, count);
        measured[`workers-${name}-${count}`] = outcome.perSecond;
        if (name === "webhooks" && count === 8) Object.assign(measured, ofEight(outcome));
      }
    }
    return measured;
  },
  async baseline(stage) {
    const measured: Record<string, number> = {};
    for (const { name, measure } of kinds) {
      const outcome = await measure(stage, 1);
      for (const count of counts) measured[`workers-${name}-${count}`] = outcome.perSecond;
      if (name === "webhooks") Object.assign(measured, ofEight(outcome));
    }
    return measured;
  },
};

function ofEight({ events, micros }: Outcome): Measured {
  return { "workers-events-8": events, "workers-cpu-8": micros };
}

/** Page names of which each partition has as many. */
function balanced(count: number): string[] {
  const each = count / usualPartitionCount;
  const taken = new Map<number, number>();
  const ids: string[] = [];
  for (let index = 0; ids.length < count; index++) {
    const partition = partitionOf(`p${index}`, usualPartitionCount);
    const sofar = taken.get(partition) ?? 0;
    if (sofar >= each) continue;
    taken.set(partition, sofar + 1);
    ids.push(`p${index}`);
  }
  return ids;
}

function named(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `p${index}`);
}

async function drainWebhooks(
  stage: Stage,
  count: number,
  { ids, count: webhooks }: { ids: readonly string[]; count: number },
): Promise<Outcome> {
  const all = webhooksOf(stage.quick ? webhooks / 2 : webhooks, ids.length);
  const renamed = all.map(({ provider, body }) => ({
    provider: ids[Number(provider.slice(1))] ?? provider,
    body,
  }));
  return drain(stage, { count, ids, items: renamed, add: queueWebhooks });
}

async function drainSummaries(stage: Stage, count: number): Promise<Outcome> {
  const ids = balanced(96);
  const readings = readingsOf(stage.quick ? 960 : 1920, ids.length);
  const renamed = readings.map((reading) => ({
    ...reading,
    provider: ids[Number(reading.provider.slice(1))] ?? reading.provider,
  }));
  return drain(stage, { count, ids, items: renamed, add: queueReadings });
}

interface Work<Item> {
  count: number;
  ids: readonly string[];
  items: readonly Item[];
  add(backlog: Backlog, items: readonly Item[]): Promise<void>;
}

/** A third of the work, in full flight, warms them up; the rest is timed under the limit. */
async function drain<Item>(stage: Stage, { count, ids, items, add }: Work<Item>): Promise<Outcome> {
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const running = await startAll(stage, server, { count, config: await unasked(ids, server) });
  const first = items.slice(0, Math.floor(items.length / 3));
  await pause(backlog);
  await add(backlog, first);
  await secondsToDrain(backlog);
  for (const { pid } of running) await limitTo(share, pid, stage);
  await pause(backlog);
  await add(backlog, items.slice(first.length));
  const before = await cpuOf(running);
  const seconds = await secondsToDrain(backlog);
  const cpu = (await cpuOf(running)) - before;
  const rest = items.length - first.length;
  await Promise.all(running.map(({ stop }) => stop()));
  const events = await server.redis.xlen(keys.events);
  return { perSecond: rest / seconds, micros: (1e6 * cpu) / rest, events };
}

async function countPolls(stage: Stage, count: number): Promise<Outcome> {
  const server = await stage.redis();
  const { addresses, asked } = await servePages(stage, { pages: 100, components: 20, rebuildMs: 0 });
  const config = watching({ count: 4000, addresses, everySeconds: 10 });
  const running = await startAll(stage, server, { count, config });
  await window(15);
  for (const { pid } of running) await limitTo(share, pid, stage);
  await window(5);
  const seconds = stage.quick ? 10 : 20;
  const [before, cpuBefore] = [await asked(), await cpuOf(running)];
  await window(seconds);
  const polls = (await asked()).answers - before.answers;
  const cpu = (await cpuOf(running)) - cpuBefore;
  await Promise.all(running.map(({ stop }) => stop()));
  return { perSecond: polls / seconds, micros: (1e6 * cpu) / polls, events: await server.redis.xlen(keys.events) };
}

/** Starts workers, without a limit, and waits until they share the partitions. */
async function startAll(
  stage: Stage,
  server: Server,
  { count, config }: { count: number; config: object },
): Promise<Running[]> {
  const running = await Promise.all(Array.from({ length: count }, () => startWorker(stage, server, config)));
  await waitUntil("every worker to hold its share", async () => {
    const shares = await Promise.all(running.map(({ url }) => heldBy(url)));
    return shares.reduce((sum, held) => sum + held, 0) === usualPartitionCount && Math.min(...shares) > 0;
  });
  return running;
}

async function heldBy(url: string): Promise<number> {
  const { partitions = [] } = (await (await fetch(`${url}/readyz`)).json()) as { partitions?: unknown[] };
  return partitions.length;
}

async function cpuOf(running: readonly Running[]): Promise<number> {
  const seconds = await Promise.all(running.map(({ pid }) => cpuSeconds(pid)));
  return seconds.reduce((sum, one) => sum + one, 0);
}
