import { Queue } from "bullmq";
import { startIngest, startWorker } from "../apps.ts";
import { paced } from "../paced.ts";
import { ownProgram } from "../program.ts";
import { unasked } from "../quiet.ts";
import { createRoundTrips, type RoundTrips } from "../round-trips.ts";
import type { Stage } from "../stage.ts";
import { quantile } from "../statistics.ts";
import type { Figure, Measured, Subject } from "../subject.ts";
import { pageOf, type Webhook } from "../webhooks.ts";
import { incidentPush, openIncident } from "@statuswire/simulator";

const pages = 100;
/** Webhooks per second. The larger is about half of what one worker takes, one at a time, on the machine in the report. */
const paces = { low: 20, half: 250 } as const;

/** How long a webhook takes to become a line on stdout, through ingest, queue, worker, log, dispatch and sink. */
export const latency: Subject = {
  name: "latency",
  against:
    "BullMQ alone: from adding a job with the same text until another process has written its name to stdout",
  figures: Object.entries(paces).flatMap(([pace, perSecond]) =>
    [50, 99].map((percent): Figure => ({
      name: `latency-${pace}-p${percent}`,
      about: `from the post to the event on stdout, ${perSecond} webhooks a second, ${percent}th percentile`,
      unit: "ms",
      better: "lower",
      goal: { of: "ratio", atMost: 3 },
    })),
  ),
  async ours(stage) {
    const trips = createRoundTrips((line) => /"title":"(Incident \w+)"/.exec(line)?.[1]);
    const server = await stage.redis();
    await startWorker(stage, { ...server, heard: (text) => trips.heard(text) }, await unasked(pages, server));
    const { url } = await startIngest(stage, server);
    return measured(stage, { trips, send: (_name, webhook) => post(url, webhook) });
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

interface Way {
  trips: RoundTrips;
  send(name: string, webhook: Webhook): Promise<unknown>;
}

async function measured(stage: Stage, way: Way): Promise<Measured> {
  const seconds = stage.quick ? 5 : 15;
  await timesAt(paces.low, { ...way, seconds: 2, run: "warm" });
  const low = await timesAt(paces.low, { ...way, seconds, run: "low" });
  const half = await timesAt(paces.half, { ...way, seconds, run: "half" });
  return {
    "latency-low-p50": quantile(low, 0.5),
    "latency-low-p99": quantile(low, 0.99),
    "latency-half-p50": quantile(half, 0.5),
    "latency-half-p99": quantile(half, 0.99),
  };
}

/** How long each took at a pace. */
async function timesAt(perSecond: number, { trips, send, seconds, run }: Way & { seconds: number; run: string }) {
  const earlier = (await trips.all()).length;
  const count = perSecond * seconds;
  const webhooks = Array.from({ length: count }, (_, index) =>
    incident(`p${index % pages}`, `Incident ${run}${index}`),
  );
  await paced({ count, perSecond }, async (index) => {
    const webhook = webhooks[index];
    if (!webhook) return;
    const name = `Incident ${run}${index}`;
    trips.sent(name);
    await send(name, webhook);
  });
  return (await trips.all()).slice(earlier);
}

/** The opening of an incident, so that it makes one event, whichever came before. */
function incident(provider: string, title: string): Webhook {
  const at = new Date();
  const body = `${title}: we are investigating elevated error rates, and will share what we find as soon as we know more.`;
  const page = openIncident(
    { ...pageOf(provider, at), revision: ++incidents },
    {
      title,
      impact: "minor",
      status: "investigating",
      body,
      at,
    },
  );
  const push = incidentPush(page, page.incidents[0]?.id ?? "", { origin: "https://status.example.com", at });
  return { provider, body: JSON.stringify(push) };
}

let incidents = 0;

async function post(url: string, { provider, body }: Webhook): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/webhooks/${provider}`, { method: "POST", headers, body });
  await response.arrayBuffer();
  if (response.status !== 202) throw new Error(`A webhook was answered with ${response.status}.`);
}
