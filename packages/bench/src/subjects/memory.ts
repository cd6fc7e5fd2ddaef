import { keys } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import { startIngest, startWorker } from "../apps.ts";
import { type Backlog, backlogOn, queueReadings, queueWebhooks, readingsOf, secondsToDrain } from "../backlog.ts";
import { connections, once, putUnderLoad } from "../load.ts";
import { unasked } from "../quiet.ts";
import type { Server, Stage } from "../stage.ts";
import type { Measured, Subject } from "../subject.ts";
import { window } from "../usage.ts";
import { webhooksOf } from "../webhooks.ts";

const pages = 100;
const deliveredMs = 120_000;

/** What Redis must hold. */
export const memory: Subject = {
  name: "memory",
  against: "the size of the text itself: the webhook's body, the page's summary, the event as JSON",
  figures: [
    {
      name: "memory-webhook",
      about: "a webhook that ingest took under load and no worker has taken yet",
      unit: "bytes",
      better: "lower",
      goal: { of: "ratio", atMost: 1.7 },
    },
    {
      name: "memory-provider",
      about: "a page with 55 components that is known, with its schedule",
      unit: "bytes",
      better: "lower",
    },
    {
      name: "memory-delivered",
      about:
        "an event in the log that has reached a sink: the event, its ledger key, and its share of finished jobs",
      unit: "bytes",
      better: "lower",
    },
    { name: "memory-event", about: "an event in the log alone", unit: "bytes", better: "lower" },
  ],
  async ours(stage) {
    return { ...(await waiting(stage)), ...(await known(stage)) };
  },
  async baseline(stage) {
    const webhooks = webhooksOf(count(stage), pages);
    const [summary] = readingsOf(1, 1);
    return {
      "memory-webhook": webhooks.reduce((sum, { body }) => sum + body.length, 0) / webhooks.length,
      "memory-provider": summary?.body.length ?? NaN,
    };
  },
};

function count({ quick }: Stage): number {
  return quick ? 4000 : 20_000;
}

async function waiting(stage: Stage): Promise<Measured> {
  const server = await stage.redis();
  const { url, stop } = await startIngest(stage, server);
  const before = await used(server);
  const load = putUnderLoad({ url, webhooks: once(webhooksOf(count(stage), pages)), connections });
  await load.done;
  const after = await used(server);
  await stop();
  return { "memory-webhook": (after - before) / load.sofar().accepted };
}

async function known(stage: Stage): Promise<Measured> {
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const before = await used(server);
  const worker = await startWorker(stage, server, await unasked(pages, server));
  await queueReadings(backlog, readingsOf(pages, pages));
  await secondsToDrain(backlog);
  await forgetCompleted(backlog);
  const baseline = await used(server);
  await queueWebhooks(backlog, webhooksOf(count(stage), pages));
  await secondsToDrain(backlog);
  const events = await delivered(server);
  await forgetCompleted(backlog);
  const after = await used(server);
  await worker.stop();
  const log = Number(await server.redis.memory("USAGE", keys.events, "SAMPLES", 0));
  return {
    "memory-provider": (baseline - before) / pages,
    "memory-delivered": (after - baseline) / events,
    "memory-event": log / (await server.redis.xlen(keys.events)),
  };
}

async function forgetCompleted({ queues }: Backlog): Promise<void> {
  await Promise.all(queues.partitions.map(({ observations }) => observations.clean(0, 0, "completed")));
}

/** Waits until every event that goes anywhere has got there: Redis gains no more keys. How many events there are. */
async function delivered({ redis }: Server): Promise<number> {
  let before = -1;
  await waitUntil(
    "every delivery",
    async () => {
      const last = before;
      await window(1);
      before = await redis.dbsize();
      return before === last;
    },
    deliveredMs,
  );
  return redis.xlen(keys.events);
}

async function used({ redis }: Server): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await redis.info("memory"))?.[1]);
}
