import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import {
  addAlone,
  closeQueues,
  countJobs,
  listDeadLetters,
  type Observation,
  openQueues,
  type Queues,
} from "@statuswire/queues";
import type { Service } from "@statuswire/service";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { startWorker } from "../src/service.ts";
import { webhook, writeConfig } from "./stage.ts";

interface Examples {
  name: string;
  examples: unknown[];
}

/** What GitHub sends about repositories: real webhooks of a known sender, and no news for us. */
const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as Examples[];

let redis: FreshRedis;
let config: Awaited<ReturnType<typeof writeConfig>>;
let queues: Queues;
let worker: Service;

beforeEach(async () => {
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  redis = await freshRedis();
  config = await writeConfig([{ id: "github", page: "http://127.0.0.1:1", format: "statuspage", every: 3600 }]);
  queues = openQueues(redis.connect());
  const variables = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0" };
  worker = await startWorker(readConfig(variables), () => undefined);
});
afterEach(async () => {
  await worker.stop();
  jest.restoreAllMocks();
  await closeQueues(queues);
  await config.remove();
  await redis.stop();
});

describe("webhooks that are not about a service's state", () => {
  test("are each done or buried, and buried as what they are", async () => {
    const observations = new Map(examples.flatMap(({ examples }) => examples).map(observed));
    expect(observations.size).toBeGreaterThan(300);
    await addAlone(queues, [...observations.values()]);
    await waitUntil("all to be done", async () => (await settled()) === observations.size, 100_000);
    expect(new Set((await listDeadLetters(queues, 1000)).map(({ letter }) => letter.error))).toEqual(
      new Set(["PayloadError"]),
    );
  }, 120_000);
});

function observed(payload: unknown): [string, Observation] {
  const observation = webhook("github", payload);
  return [observation.id, observation];
}

async function settled(): Promise<number> {
  return countJobs(queues, "observations", ["completed"]);
}
