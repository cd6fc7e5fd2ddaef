import type { Observation } from "@statuswire/queues";
import { keys } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { startWorker } from "../apps.ts";
import { type Backlog, backlogOn, pause, queueReadings, queueWebhooks, secondsToDrain } from "../backlog.ts";
import { type Pages, servePages, watching } from "../pages.ts";
import type { Server, Stage } from "../stage.ts";
import type { Measured, Subject } from "../subject.ts";
import { cpuDuring, window } from "../usage.ts";
import { webhooksOf } from "../webhooks.ts";

/** Pages that are asked and spoken of, however many providers there are. */
const pages = 100;
const pollsPerSecond = 50;
const scheduledMs = 120_000;

interface Size {
  providers: number;
  events: number;
}

/** The same work beside much that is known and a long log. */
export const scale: Subject = {
  name: "scale",
  against: "100 providers and an empty log",
  figures: [
    {
      name: "scale-observation",
      about: "processor time of worker and Redis per webhook, 10,000 providers and 1,000,000 events in the log",
      unit: "µs",
      better: "lower",
      goal: { of: "ratio", atMost: 1.2 },
    },
    {
      name: "scale-poll",
      about: "the same per unchanged poll, at as many polls a second",
      unit: "µs",
      better: "lower",
      goal: { of: "ratio", atMost: 1.2 },
      missedBecause:
        "it is within the spread of its runs; seventy seconds after a start, polls of 2,000 pages took as many commands of Redis as those of 100, and no more time",
    },
  ],
  ours: (stage) =>
    costs(stage, stage.quick ? { providers: 2000, events: 100_000 } : { providers: 10_000, events: 1e6 }),
  baseline: (stage) => costs(stage, { providers: 100, events: 0 }),
};

async function costs(stage: Stage, { providers, events }: Size): Promise<Measured> {
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const served = await servePages(stage, { pages, components: 20, rebuildMs: 0 });
  await fillLog(server.redis, events);
  const everySeconds = providers / pollsPerSecond;
  const config = watching({ count: providers, addresses: served.addresses, everySeconds });
  const worker = await startWorker(stage, server, config);
  await dropFirstLooks(backlog, providers);
  await queueReadings(backlog, await firstReadings(providers, served));
  await secondsToDrain(backlog);
  const pids = [worker.pid, server.pid];
  return {
    "scale-poll": await microsPerPoll({ pids, stage, served }),
    "scale-observation": await microsPerWebhook({ pids, stage, server }),
  };
}

/** What is asked once after a start, spread over minutes where there are many, would be asked beside what is measured. */
async function dropFirstLooks({ queues }: Backlog, providers: number): Promise<void> {
  await waitUntil("every schedule", async () => (await schedulesIn(queues)) === providers, scheduledMs);
  await window(5);
  const ids = Array.from({ length: providers }, (_, index) => `first-p${index}`);
  // One that is running right now can't be removed, and need not be.
  await Promise.all(
    ids.map((id) =>
      queues
        .of(id.replace("first-", ""))
        .polls.remove(id)
        .catch(() => undefined),
    ),
  );
}

async function schedulesIn({ partitions }: Backlog["queues"]): Promise<number> {
  const counts = await Promise.all(partitions.map(({ polls }) => polls.getJobSchedulersCount()));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Every provider's page as it is, with the validator that makes the next poll find nothing new. */
async function firstReadings(providers: number, { addresses }: Pages): Promise<Observation[]> {
  const said = await Promise.all(
    addresses.map(async (address) => {
      const response = await fetch(`${address}/api/v2/summary.json`);
      return { body: await response.text(), etag: response.headers.get("etag") ?? "" };
    }),
  );
  const receivedAt = new Date().toISOString();
  return Array.from({ length: providers }, (_, index) => {
    const { body = "", etag = "" } = said[index % said.length] ?? {};
    // Its marks stand for its hash: else they would not be believed, and the next poll would read the page whole.
    const reading = { way: 0, hash: "", marked: "", components: 20, etag };
    return { id: `poll-p${index}-first`, provider: `p${index}`, via: "poll", receivedAt, body, reading };
  });
}

interface Scene {
  pids: readonly number[];
  stage: Stage;
}

async function microsPerPoll({ pids, stage, served }: Scene & { served: Pages }): Promise<number> {
  await window(5);
  const before = await served.asked();
  const cpu = await cpuDuring(pids, () => window(stage.quick ? 10 : 30));
  return (1e6 * cpu) / ((await served.asked()).answers - before.answers);
}

/** Of the work that comes on top of the polls, which go on. */
async function microsPerWebhook({ pids, stage, server }: Scene & { server: Server }): Promise<number> {
  const webhooks = webhooksOf(stage.quick ? 4000 : 20_000, pages);
  const backlog = await backlogOn(server, stage);
  await pause(backlog);
  await queueWebhooks(backlog, webhooks);
  const cpu = await cpuDuring(pids, () => secondsToDrain(backlog));
  return (1e6 * cpu) / webhooks.length;
}

const perCall = 1000;

// Events that have long been dispatched, made inside Redis: a million would take minutes on their way.
const fill = `
for i = 1, tonumber(ARGV[1]) do
  redis.call('XADD', KEYS[1], '*', 'id', 'evt_' .. ARGV[2] .. i, 'event', ARGV[3])
end
`;

async function fillLog(redis: Redis, events: number): Promise<void> {
  const event = JSON.stringify({ type: "component.changed", provider: "p0", filling: "x".repeat(500) });
  for (let made = 0; made < events; made += perCall) {
    await redis.eval(fill, 1, keys.events, perCall, made, event);
  }
  if (events) await redis.xgroup("CREATE", keys.events, "dispatch", "$");
}
