import { Queue } from "bullmq";
import { startIngest, startWorker } from "../apps.ts";
import { createPoster, opening } from "../posting.ts";
import { paced } from "../paced.ts";
import { ownProgram } from "../program.ts";
import { unasked } from "../quiet.ts";
import { createRoundTrips, type RoundTrips } from "../round-trips.ts";
import type { Stage } from "../stage.ts";
import { quantile } from "../statistics.ts";
import type { Figure, Measured, Subject } from "../subject.ts";
import type { Webhook } from "../webhooks.ts";

const pages = 100;
const lowPerSecond = 20;
/** How many are under way at once when the maximum is looked for. */
const abreast = 64;

const missedBecause =
  "four trips to Redis that wait for the disk (queued, taken, recorded, decided) stand against two, and a webhook is read and compared in between; " +
  "the console's own queue was two more, and is gone";

/** How long a webhook takes to become a line on stdout, through ingest, queue, worker, log, dispatch and sink. */
export const latency: Subject = {
  name: "latency",
  against:
    "BullMQ alone: from adding a job with the same text until another process has written its name to stdout, at half of its own maximum",
  figures: [
    figure("low-p50", `at ${lowPerSecond} webhooks a second, median`),
    figure("low-p99", `at ${lowPerSecond} webhooks a second, 99th percentile`),
    figure("half-p50", "at half of the maximum, median"),
    figure("half-p99", "at half of the maximum, 99th percentile"),
    {
      name: "latency-maximum",
      about: `that maximum: webhooks from post to stdout, ${abreast} under way at once`,
      unit: "webhooks/s",
      better: "higher",
    },
  ],
  async ours(stage) {
    const trips = createRoundTrips((line) => /"title":"(Incident \w+)"/.exec(line)?.[1]);
    const server = await stage.redis();
    const heard = (text: string) => trips.heard(text);
    await startWorker(stage, { ...server, heard }, await unasked(pages, server));
    const { url } = await startIngest(stage, server);
    const post = createPoster(stage, url);
    return measured(stage, { trips, send: (_name, webhook) => post(webhook) });
  },
  async baseline(stage) {
    const trips = createRoundTrips((line) => line);
    const { url, redis } = await stage.redis();
    const queue = new Queue("idle", { connection: redis });
    stage.defer(() => queue.close());
    const args = [url, "idle", "50", "tells"];
    await stage.run({ script: ownProgram("idle-worker"), args, heard: (text) => trips.heard(text) });
    return measured(stage, { trips, send: (name, { body }) => queue.add(name, { body }) });
  },
};

function figure(name: string, when: string): Figure {
  const about = `from the post to the event on stdout, ${when}`;
  return {
    name: `latency-${name}`,
    about,
    unit: "ms",
    better: "lower",
    goal: { of: "ratio", atMost: 3 },
    missedBecause,
  };
}

interface Way {
  trips: RoundTrips;
  send(name: string, webhook: Webhook): Promise<unknown>;
}

async function measured(stage: Stage, way: Way): Promise<Measured> {
  const seconds = stage.quick ? 5 : 10;
  await maximum({ ...way, count: 300, run: "warm" });
  const most = await maximum({ ...way, count: stage.quick ? 1000 : 4000, run: "most" });
  const low = await timesAt(lowPerSecond, { ...way, seconds, run: "low" });
  const half = await timesAt(most / 2, { ...way, seconds, run: "half" });
  return {
    "latency-low-p50": quantile(low, 0.5),
    "latency-low-p99": quantile(low, 0.99),
    "latency-half-p50": quantile(half, 0.5),
    "latency-half-p99": quantile(half, 0.99),
    "latency-maximum": most,
  };
}

/** How many a second come back when the next is sent as soon as one is taken. */
async function maximum({ trips, send, count, run }: Way & { count: number; run: string }): Promise<number> {
  const incidents = incidentsOf(run, count).values();
  const sendOn = async () => {
    for (const { name, webhook } of incidents) {
      trips.sent(name);
      await send(name, webhook);
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: abreast }, sendOn));
  await trips.all();
  return (count * 1000) / (performance.now() - startedAt);
}

/** How long each took at a pace. */
async function timesAt(perSecond: number, { trips, send, seconds, run }: Way & { seconds: number; run: string }) {
  const earlier = (await trips.all()).length;
  const incidents = incidentsOf(run, Math.ceil(perSecond * seconds));
  await paced(perSecond, incidents, async ({ name, webhook }) => {
    trips.sent(name);
    await send(name, webhook);
  });
  return (await trips.all()).slice(earlier);
}

interface Incident {
  name: string;
  webhook: Webhook;
}

function incidentsOf(run: string, count: number): Incident[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `Incident ${run}${index}`;
    return { name, webhook: opening(`p${index % pages}`, { title: name, index }) };
  });
}
