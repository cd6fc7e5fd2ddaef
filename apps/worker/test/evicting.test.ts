import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { listDeadLetters, openQueues, type Queues, closeQueues } from "@statuswire/queues";
import type { Service } from "@statuswire/service";
import { createTraces } from "@statuswire/store";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { startWorker } from "../src/service.ts";
import { writeConfig } from "./stage.ts";

let redis: FreshRedis;
let queues: Queues;
let worker: Service | undefined;
let config: Awaited<ReturnType<typeof writeConfig>>;
let told: [happening: string, fields: object][];

beforeEach(async () => {
  told = [];
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  redis = await freshRedis();
  queues = openQueues(redis.connect());
  config = await writeConfig([]);
});
afterEach(async () => {
  await worker?.stop();
  jest.restoreAllMocks();
  await closeQueues(queues);
  await config.remove();
  await redis.stop();
});

describe("a worker", () => {
  test("removes the dead letters that are too many, says so, counts them and notes it beside the event", async () => {
    for (const seq of ["1-0", "2-0", "3-0"]) await bury(seq);
    const env = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0", DEAD_LETTERS: "2" };
    worker = await startWorker(readConfig(env), (happening, fields = {}) => void told.push([happening, fields]));
    await waitUntil("it to have removed one", () =>
      told.some(([happening]) => happening === "dead-letters.evicted"),
    );
    expect(told).toContainEqual(["dead-letters.evicted", { letters: 1, unproven: 0, payload: 0, delivery: 1 }]);
    expect((await listDeadLetters(queues)).map(({ id }) => id).sort()).toEqual(["2-0", "3-0"]);
    expect((await createTraces(redis.connect()).of("1-0")).attempts).toMatchObject([
      { sink: "team", outcome: "not_needed", reason: "its dead letter was removed to make room" },
    ]);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toContain('statuswire_dead_letters_evicted_total{class="delivery"} 1');
  });
});

async function bury(seq: string): Promise<void> {
  const data = { v: 1, eventId: `evt_${seq}`, seq, sink: "team" };
  const at = new Date(Date.now() - 60_000 + Number.parseInt(seq)).toISOString();
  const how = {
    queue: "deliveries",
    jobId: seq,
    name: "team",
    error: "Error",
    reason: "no",
    attempts: 1,
    stalls: 0,
  };
  await queues["dead-letters"].add("Error", { v: 1, ...how, data, createdAt: at, failedAt: at }, { jobId: seq });
}
