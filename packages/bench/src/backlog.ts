import { setTimeout as delay } from "node:timers/promises";
import {
  closeQueues,
  countJobs,
  createAppend,
  jobsFor,
  type Observation,
  openQueues,
  pack,
  partitionOf,
  type Queues,
  readPartitionCount,
  webhookId,
} from "@statuswire/queues";
import { type Page, render } from "@statuswire/simulator";
import type { Server, Stage } from "./stage.ts";
import { pageOf, type Webhook } from "./webhooks.ts";

const drainedMs = 300_000;
const perCall = 100;

/** Where observations wait for workers. */
export interface Backlog {
  server: Server;
  queues: Queues;
}

/** Our queues on a server; closed with the stage. */
export async function backlogOn(server: Server, stage: Stage): Promise<Backlog> {
  const queues = openQueues(server.redis, await readPartitionCount(server.redis));
  stage.defer(() => closeQueues(queues));
  return { server, queues };
}

/**
 * Webhooks as ingest queues them under load: those of one partition that come while a write is on its way share a job. By so many a
 * write, each partition gets as many to a job as there were in one job before there were partitions.
 */
export async function queueWebhooks(
  backlog: Backlog,
  webhooks: readonly Webhook[],
  together = 512,
): Promise<void> {
  await addTogether(backlog, chunks(webhooks.map(asObservation), together));
}

/** Readings of pages as polls queue them: one to a job. */
export async function queueReadings({ server, queues }: Backlog, readings: readonly Observation[]): Promise<void> {
  const append = createAppend(server.redis);
  const jobs = readings.map((reading) => ({
    partition: partitionOf(reading.provider, queues.partitions.length),
    id: reading.id,
    name: reading.provider,
    data: pack({ v: 1, observations: [reading] }),
  }));
  for (const some of chunks(jobs, perCall)) await append(some);
}

/**
 * Readings of some pages, 20 KB each, each of which moves one component, and the one before it back; a page's first is its
 * baseline. Between two readings of a page lies a minute.
 */
export function readingsOf(count: number, pages: number): Observation[] {
  const start = Date.now() - (count / pages + 1) * 60_000;
  const quiet = Array.from({ length: pages }, (_, index) => pageOf(`p${index}`, new Date(start)));
  return Array.from({ length: Math.ceil(count / pages) }, (_, round) =>
    quiet.map((page) => readingOf(page, { round, at: new Date(start + round * 60_000) })),
  ).flat();
}

function readingOf(quiet: Page, { round, at }: { round: number; at: Date }): Observation {
  const moved = quiet.components.map((component, index) =>
    index === round % 55
      ? { ...component, status: "degraded_performance" as const, updatedAt: at }
      : index === (round + 54) % 55
        ? { ...component, updatedAt: at }
        : component,
  );
  const page = { ...quiet, components: moved, updatedAt: at };
  const asked = { path: "/api/v2/summary.json", origin: "https://status.example.com" };
  const { body } = render(page, asked);
  const reading = { way: 0, hash: `${page.id}-${round}`, components: moved.length };
  const id = `poll-${page.id}-${round}`;
  return { id, provider: page.id, via: "poll", receivedAt: at.toISOString(), body, reading };
}

function asObservation({ provider, body }: Webhook): Observation {
  return {
    id: webhookId(provider, body),
    provider,
    via: "webhook",
    receivedAt: new Date().toISOString(),
    body,
    headers: { "content-type": "application/json" },
  };
}

async function addTogether({ server, queues }: Backlog, writes: readonly Observation[][]): Promise<void> {
  const append = createAppend(server.redis);
  for (const observations of writes) await append(jobsFor(observations, queues.partitions.length));
}

/** The part of a backlog that is worked off before the rest is timed: meanwhile V8 compiles what is hot, in every process. */
const warmUp = 1 / 3;

/** How many items a second are worked off by those who are warm. `add` queues some; the processes that take them run already. */
export async function perSecondOnceWarm<Item>(
  backlog: Backlog,
  items: readonly Item[],
  add: (backlog: Backlog, some: readonly Item[]) => Promise<void>,
): Promise<number> {
  const first = items.slice(0, Math.floor(items.length * warmUp));
  const rest = items.slice(first.length);
  await pause(backlog);
  await add(backlog, first);
  await secondsToDrain(backlog);
  await pause(backlog);
  await add(backlog, rest);
  return rest.length / (await secondsToDrain(backlog));
}

/** Lets no worker take an observation. */
export async function pause({ queues }: Backlog): Promise<void> {
  await Promise.all(queues.partitions.map(({ observations }) => observations.pause()));
}

/** Seconds from letting a paused backlog go until nothing is left of it. Throws when anything has failed. */
export async function secondsToDrain({ queues }: Backlog): Promise<number> {
  const startedAt = performance.now();
  await Promise.all(queues.partitions.map(({ observations }) => observations.resume()));
  await untilSo("the queues to be empty", () => isEmpty(queues));
  const seconds = (performance.now() - startedAt) / 1000;
  const buried = await queues["dead-letters"].count();
  if (buried) throw new Error(`${buried} observations are dead letters.`);
  return seconds;
}

/** Waits for what is asked of Redis ten times a second: more would take of the processor what is measured. */
export async function untilSo(description: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + drainedMs;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`Waited ${drainedMs} ms for ${description}.`);
    await delay(100);
  }
}

async function isEmpty(queues: Queues): Promise<boolean> {
  return (await countJobs(queues, "observations", ["wait", "active", "delayed", "prioritized"])) === 0;
}

export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
