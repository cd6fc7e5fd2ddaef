import type { Observation } from "@statuswire/queues";
import { keys } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import { Queue } from "bullmq";
import { startWorker } from "../apps.ts";
import { backlogOn, chunks, perSecondOnceWarm, queueReadings, queueWebhooks, readingsOf } from "../backlog.ts";
import { ownProgram } from "../program.ts";
import { unasked } from "../quiet.ts";
import type { Server, Stage } from "../stage.ts";
import type { Subject } from "../subject.ts";
import { type Webhook, webhooksOf } from "../webhooks.ts";

const pages = 100;
/** As the worker takes them by default. */
const concurrency = 50;

/** The worker's main path: a backlog of real observations, until all of it is compared and in the log. */
export const observe: Subject = {
  name: "observe",
  against:
    "a BullMQ worker that does nothing, with as many jobs of the same text, each in a job of its own, and the same concurrency",
  figures: [
    {
      name: "observe-webhooks",
      about: `webhooks of ${pages} pages, about 32 to a job, from job to events in the log, while those are being delivered to stdout`,
      unit: "webhooks/s",
      better: "higher",
      goal: { of: "ratio", atLeast: 1 },
      missedBecause:
        "what is timed dispatches and prints a part of its events, too. Over a fifth of the thread's time is the collector, a sixth comparing, a seventh reading " +
        "webhooks, a twentieth unpacking jobs; no function of ours takes more than 3 %. More or fewer jobs in hand, a larger young generation and ioredis' own pipelines gained nothing",
    },
    {
      name: "observe-summaries",
      about: "20 KB summaries that each move a component, one to a job, likewise",
      unit: "summaries/s",
      better: "higher",
      goal: { of: "ratio", atLeast: 0.4 },
      missedBecause:
        "a summary makes two events, which are dispatched and printed, too; of the rest a seventh is comparing 55 components to find the one that moved, an eighth " +
        "reading them, a tenth each the collector and writing to Redis, a sixteenth packing and unpacking",
    },
  ],
  async ours(stage) {
    const { webhooks, summaries } = backlogs(stage);
    return {
      "observe-webhooks": await webhooksPerSecond(stage, webhooks),
      "observe-summaries": await summariesPerSecond(stage, summaries),
    };
  },
  async baseline(stage) {
    const { webhooks, summaries } = backlogs(stage);
    return {
      "observe-webhooks": await idlyPerSecond(
        stage,
        webhooks.map(({ body }) => body),
      ),
      "observe-summaries": await idlyPerSecond(
        stage,
        summaries.map(({ body }) => body),
      ),
    };
  },
};

function backlogs({ quick }: Stage): { webhooks: Webhook[]; summaries: Observation[] } {
  return { webhooks: webhooksOf(quick ? 7500 : 30_000, pages), summaries: readingsOf(quick ? 1500 : 6000, pages) };
}

async function webhooksPerSecond(stage: Stage, webhooks: readonly Webhook[]): Promise<number> {
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const worker = await startWorker(stage, server, await unasked(pages, server));
  const perSecond = await perSecondOnceWarm(backlog, webhooks, queueWebhooks);
  await worker.stop();
  await refuseSilence(server, webhooks.length / 2);
  return perSecond;
}

async function summariesPerSecond(stage: Stage, summaries: readonly Observation[]): Promise<number> {
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const worker = await startWorker(stage, server, await unasked(pages, server));
  const perSecond = await perSecondOnceWarm(backlog, summaries, queueReadings);
  await worker.stop();
  await refuseSilence(server, summaries.length - pages);
  return perSecond;
}

// Fast because nothing was understood would not be fast.
async function refuseSilence({ redis }: Server, expected: number): Promise<void> {
  const events = await redis.xlen(keys.events);
  if (events < expected)
    throw new Error(`Only ${events} events are in the log, where ${expected} at least should be.`);
}

async function idlyPerSecond(stage: Stage, bodies: readonly string[]): Promise<number> {
  const { url, redis } = await stage.redis();
  const queue = new Queue("idle", { connection: redis });
  stage.defer(() => queue.close());
  const worker = await stage.run({ script: ownProgram("idle-worker"), args: [url, "idle", String(concurrency)] });
  const first = bodies.slice(0, Math.floor(bodies.length / 3));
  await queue.pause();
  await queueBodies(queue, first);
  await secondsToDrainOf(queue);
  await queue.pause();
  await queueBodies(queue, bodies.slice(first.length));
  const perSecond = (bodies.length - first.length) / (await secondsToDrainOf(queue));
  await worker.stop();
  return perSecond;
}

async function queueBodies(queue: Queue, bodies: readonly string[]): Promise<void> {
  for (const some of chunks(bodies, 100))
    await queue.addBulk(some.map((body) => ({ name: "body", data: { body } })));
}

async function secondsToDrainOf(queue: Queue): Promise<number> {
  const startedAt = performance.now();
  await queue.resume();
  const isEmpty = async () => (await queue.getJobCountByTypes("wait", "active")) === 0;
  await waitUntil("the queue to be empty", isEmpty, drainedMs);
  return (performance.now() - startedAt) / 1000;
}

const drainedMs = 300_000;
