import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { countJobs, openQueues, readLeases } from "@statuswire/queues";
import type { Service } from "@statuswire/service";
import type { Event } from "@statuswire/status";
import { createLog } from "@statuswire/store";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { startWorker } from "../src/service.ts";
import { writeConfig } from "./stage.ts";
import { queueStream, recordedStream } from "./stream.ts";

jest.setTimeout(120_000);

const providers = Array.from({ length: 24 }, (_, index) => `p${index}`);
const stream = recordedStream(providers, 8);

let redis: FreshRedis;
let config: Awaited<ReturnType<typeof writeConfig>>;
let workers: Service[];

beforeEach(async () => {
  jest.spyOn(process.stdout, "write").mockImplementation(() => true);
  workers = [];
  redis = await freshRedis();
  config = await writeConfig(
    providers.map((id) => ({ id, page: "http://127.0.0.1:1", format: "statuspage", every: 86_400 })),
  );
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  jest.restoreAllMocks();
  await config.remove();
  await redis.stop();
});

describe("a backlog that several workers share", () => {
  test("makes the events that one worker makes of it, each provider's in the same order", async () => {
    const alone = await eventsWith(1);
    expect(Math.min(...alone.map((events) => events.length))).toBeGreaterThan(10);
    for (const count of [2, 4, 8]) expect(await eventsWith(count)).toEqual(alone);
  });

  test("does so, too, when workers come and go meanwhile", async () => {
    const alone = await eventsWith(1);
    await redis.connect().flushall();
    const first = await start();
    await start();
    const queued = queueStream(redis.connect(), stream, 16);
    const third = await start();
    await first.stop();
    workers = workers.filter((worker) => worker !== first);
    await queued;
    await start();
    await third.stop();
    workers = workers.filter((worker) => worker !== third);
    expect(await eventsOnceDone()).toEqual(alone);
  });
});

describe("the partitions", () => {
  test("are shared evenly by those who are there", async () => {
    for (let count = 0; count < 4; count++) await start();
    await waitUntil("each to hold four", async () => {
      const { workers: living, owners } = await readLeases(redis.connect(), 16);
      return living.length === 4 && living.every((one) => owners.filter((owner) => owner === one).length === 4);
    });
  });

  test("are held by others at once when a worker stops", async () => {
    const [first] = [await start(), await start()];
    const view = () => readLeases(redis.connect(), 16);
    await waitUntil("both to hold some", async () => new Set((await view()).owners).size === 2);
    await first.stop();
    workers = workers.filter((worker) => worker !== first);
    expect((await view()).workers).toHaveLength(1);
    await waitUntil("the other to hold all", async () => {
      const { workers: living, owners } = await view();
      return owners.every((owner) => owner === living[0]);
    });
  });

  test("are told by each worker's /readyz", async () => {
    const worker = await start();
    const held = await waitUntil("it to hold all", async () => {
      const response = await fetch(`${worker.url}/readyz`);
      const { partitions = [] } = (await response.json()) as { partitions?: number[] };
      return partitions.length === 16 ? partitions : undefined;
    });
    expect(held).toEqual(Array.from({ length: 16 }, (_, partition) => partition));
  });
});

/** For each provider, the events that so many workers make of the stream. */
async function eventsWith(count: number): Promise<string[][]> {
  await redis.connect().flushall();
  for (let started = 0; started < count; started++) await start();
  await queueStream(redis.connect(), stream, 16);
  const events = await eventsOnceDone();
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  return events;
}

async function eventsOnceDone(): Promise<string[][]> {
  const queues = openQueues(redis.connect());
  await waitUntil(
    "all to be recorded",
    async () => (await countJobs(queues, "observations", ["wait", "active", "delayed"])) === 0,
    60_000,
  );
  const events = await createLog(redis.connect()).after(undefined, 10_000);
  return providers.map((provider) => events.filter((event) => event.provider === provider).map(nameOf));
}

// Its id is made of the change: the same change is the same event.
function nameOf({ id, type }: Event): string {
  return `${type} ${id}`;
}

async function start(): Promise<Service> {
  const env = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0" };
  const worker = await startWorker(readConfig(env), () => undefined);
  workers.push(worker);
  return worker;
}
