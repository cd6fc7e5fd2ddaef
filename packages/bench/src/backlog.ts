import { type Observation, openQueues, pack, type Queues, webhookId } from "@statuswire/queues";
import { type Page, render } from "@statuswire/simulator";
import { waitUntil } from "@statuswire/testing";
import type { Queue } from "bullmq";
import type { Server, Stage } from "./stage.ts";
import { pageOf, type Webhook } from "./webhooks.ts";

const drainedMs = 300_000;
const perCall = 100;

/** Our queues on a server; closed with the stage. */
export function queuesOn({ redis }: Server, stage: Stage): Queues {
  const queues = openQueues(redis);
  stage.defer(() => Promise.all(Object.values(queues).map((queue) => queue.close())));
  return queues;
}

/** Webhooks as ingest queues them under load: so many to a job. */
export async function queueWebhooks(queue: Queue, webhooks: readonly Webhook[], together = 32): Promise<void> {
  await addBatches(queue, chunks(webhooks.map(asObservation), together));
}

/** Readings of pages as polls queue them: one to a job. */
export async function queueReadings(queue: Queue, readings: readonly Observation[]): Promise<void> {
  await addBatches(queue, chunks(readings, 1));
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

async function addBatches(queue: Queue, batches: readonly Observation[][]): Promise<void> {
  const jobs = batches.map((observations) => ({
    name: observations[0]?.provider ?? "",
    data: pack({ v: 1, observations }),
    opts: { jobId: observations.length > 1 ? `batch-${observations[0]?.id}` : (observations[0]?.id ?? "") },
  }));
  for (const some of chunks(jobs, perCall)) await queue.addBulk(some);
}

/** The part of a backlog that is worked off before the rest is timed: meanwhile V8 compiles what is hot, in every process. */
const warmUp = 1 / 3;

/** How many items a second are worked off by those who are warm. `add` queues some; the processes that take them run already. */
export async function perSecondOnceWarm<Item>(
  queue: Queue,
  items: readonly Item[],
  add: (queue: Queue, some: readonly Item[]) => Promise<void>,
): Promise<number> {
  const first = items.slice(0, Math.floor(items.length * warmUp));
  const rest = items.slice(first.length);
  await queue.pause();
  await add(queue, first);
  await secondsToDrain(queue);
  await queue.pause();
  await add(queue, rest);
  return rest.length / (await secondsToDrain(queue));
}

/** Seconds from letting a paused queue go until nothing is left of it. Throws when anything has failed. */
export async function secondsToDrain(queue: Queue): Promise<number> {
  const startedAt = performance.now();
  await queue.resume();
  await waitUntil("the queue to be empty", () => isEmpty(queue), drainedMs);
  const seconds = (performance.now() - startedAt) / 1000;
  const failed = await queue.getFailedCount();
  if (failed)
    throw new Error(`${failed} jobs have failed, such as: ${(await queue.getFailed(0, 0))[0]?.failedReason}`);
  return seconds;
}

async function isEmpty(queue: Queue): Promise<boolean> {
  const counts = await queue.getJobCounts("wait", "active", "delayed", "prioritized");
  return Object.values(counts).every((count) => count === 0);
}

export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
