import { partitionOf, usualPartitionCount } from "@statuswire/queues";
import { dispatchGroup, keys, oldestUndone } from "@statuswire/store";
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
  untilSo,
} from "../backlog.ts";
import { limitTo, whyNoShares } from "../cpu-share.ts";
import { servePages, watching } from "../pages.ts";
import { startReceiver } from "../receiver.ts";
import type { Running } from "../program.ts";
import { unasked } from "../quiet.ts";
import type { Server, Stage } from "../stage.ts";
import type { Figure, Measured, Subject } from "../subject.ts";
import { window } from "../usage.ts";
import { type Webhook, webhooksOf } from "../webhooks.ts";

/** Of a core, for each worker: eight of them and Redis then fit on two cores. */
const share = 0.1;
const counts = [2, 4, 8] as const;
const goals = { 2: 1.8, 4: 3.4, 8: 6 };
/** Where pages are spread at random: nine tenths of what those of 100 pages allow, the most loaded worker being the last to end. */
const randomGoals = { 2: 1.8, 4: 3.4, 8: 6 };
/** Between the limit and what is timed. */
const settleSeconds = 3;

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
  /** Events that were recorded while it was timed. */
  events: number;
}

const kinds: readonly Kind[] = [
  {
    name: "webhooks",
    about: "a backlog of webhooks of 96 pages, balanced over the partitions, until all are dispatched",
    goals,
    measure: (stage, count) => drainWebhooks(stage, { count, ids: balanced(96) }),
  },
  {
    name: "pages",
    about: "the same of 1,008 pages",
    goals,
    measure: (stage, count) => drainWebhooks(stage, { count, ids: balanced(1008) }),
  },
  {
    name: "random",
    about: "the same of 100 pages, as their names spread them over the partitions",
    goals: randomGoals,
    measure: (stage, count) => drainWebhooks(stage, { count, ids: named(100) }),
  },
  {
    name: "summaries",
    about: "a backlog of 20 KB summaries of 96 pages, balanced, each of which moves a component",
    goals,
    measure: drainSummaries,
  },
  { name: "polls", about: "polls of 3,000 pages, more than can be asked in time", goals, measure: countPolls },
  { name: "deliveries", about: "deliveries to four sinks that take a second each", goals, measure: deliver },
];

/** The same work by several workers, each with the same share of a core. */
export const workers: Subject = {
  name: "workers",
  against: "one worker with the same share of a core",
  rounds: 2,
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

/** The same of pages with these names: the page that was `p0` has the first. */
function renamed<Item extends { provider: string }>(ids: readonly string[], items: readonly Item[]): Item[] {
  return items.map((item) => ({ ...item, provider: ids[Number(item.provider.slice(1))] ?? item.provider }));
}

async function drainWebhooks(
  stage: Stage,
  { count, ids }: { count: number; ids: readonly string[] },
): Promise<Outcome> {
  const [each, timed] = stage.quick ? [1000, 2000] : [3000, 5000];
  const items = renamed(ids, webhooksOf(each * count + timed, ids.length));
  return drain(stage, { count, ids, items, timed, add: queueWebhooks });
}

async function drainSummaries(stage: Stage, count: number): Promise<Outcome> {
  const ids = balanced(96);
  const [each, timed] = stage.quick ? [192, 480] : [480, 960];
  const items = renamed(ids, readingsOf(each * count + timed, ids.length));
  return drain(stage, { count, ids, items, timed, add: queueReadings });
}

interface Work<Item> {
  count: number;
  ids: readonly string[];
  items: readonly Item[];
  /** How many of the items, the last ones, are timed. */
  timed: number;
  add(backlog: Backlog, items: readonly Item[]): Promise<void>;
}

/** The first items, as many for each worker, warm them up: V8 compiles in every process. The others are timed under the limit. */
async function drain<Item>(stage: Stage, { count, ids, items, timed, add }: Work<Item>): Promise<Outcome> {
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const running = await startAll(stage, server, { count, config: await unasked(ids, server) });
  await pause(backlog);
  await add(backlog, items.slice(0, -timed));
  await secondsToDrain(backlog);
  await untilDispatched(server);
  await limitAll(stage, running);
  await pause(backlog);
  await add(backlog, items.slice(-timed));
  const before = { cpu: await cpuOf(running), events: await server.redis.xlen(keys.events) };
  const startedAt = performance.now();
  await secondsToDrain(backlog);
  await untilDispatched(server);
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = (await cpuOf(running)) - before.cpu;
  const events = (await server.redis.xlen(keys.events)) - before.events;
  await Promise.all(running.map(({ stop }) => stop()));
  return { perSecond: timed / seconds, micros: (1e6 * cpu) / timed, events };
}

async function untilDispatched({ redis }: Server): Promise<void> {
  const isDone = async () => (await oldestUndone(redis, dispatchGroup)) === undefined;
  await untilSo("every event to be dispatched", isDone);
}

/** Sinks that take a second, once all workers are warm: what is measured is how many are told at once, and not how fast. */
async function deliver(stage: Stage, count: number): Promise<Outcome> {
  const ids = balanced(1008);
  const [each, timed] = stage.quick ? [100, 200] : [200, 400];
  const receiver = await startReceiver(stage);
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const { deliveries } = backlog.queues;
  const names = Array.from({ length: 4 }, (_, index) => `slow-${index}`);
  const sinks = names.map((name) => [name, { kind: "webhook", url: `${receiver.url}/${name}` }]);
  const config = {
    ...(await unasked(ids, server)),
    sinks: Object.fromEntries(sinks) as object,
    outbound: { allowPrivate: true },
  };
  const running = await startAll(stage, server, { count, config });
  const webhooks = renamed(ids, webhooksOf(each * count + timed, ids.length));

  async function makeAll(some: readonly Webhook[]): Promise<void> {
    await deliveries.pause();
    await queueWebhooks(backlog, some);
    await secondsToDrain(backlog);
    await untilDispatched(server);
  }

  async function secondsToDeliver(): Promise<number> {
    const startedAt = performance.now();
    await deliveries.resume();
    const isOver = async () =>
      (await deliveries.getJobCountByTypes("wait", "active", "delayed", "prioritized")) === 0;
    await untilSo("every delivery to be made", isOver);
    return (performance.now() - startedAt) / 1000;
  }

  await makeAll(webhooks.slice(0, -timed));
  await secondsToDeliver();
  await makeAll(webhooks.slice(-timed));
  receiver.answerAfter(1000);
  await limitAll(stage, running);
  const before = { cpu: await cpuOf(running), received: receiver.received() };
  const seconds = await secondsToDeliver();
  const [cpu, received] = [(await cpuOf(running)) - before.cpu, receiver.received() - before.received];
  await Promise.all(running.map(({ stop }) => stop()));
  return { perSecond: received / seconds, micros: (1e6 * cpu) / received, events: received };
}

async function countPolls(stage: Stage, count: number): Promise<Outcome> {
  const server = await stage.redis();
  const { addresses, asked } = await servePages(stage, { pages: 100, components: 20, rebuildMs: 0 });
  const config = watching({ count: 3000, addresses, everySeconds: 5 });
  const running = await startAll(stage, server, { count, config });
  await window(20);
  await limitAll(stage, running);
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

async function limitAll(stage: Stage, running: readonly Running[]): Promise<void> {
  for (const { pid } of running) await limitTo(share, pid, stage);
  await window(settleSeconds);
}

async function heldBy(url: string): Promise<number> {
  const { partitions = [] } = (await (await fetch(`${url}/readyz`)).json()) as { partitions?: unknown[] };
  return partitions.length;
}

async function cpuOf(running: readonly Running[]): Promise<number> {
  const seconds = await Promise.all(running.map(({ pid }) => cpuSeconds(pid)));
  return seconds.reduce((sum, one) => sum + one, 0);
}
