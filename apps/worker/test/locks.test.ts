import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Worker } from "bullmq";
import { openWorker } from "../src/workers.ts";

let redis: FreshRedis;
let worker: Worker;

beforeAll(async () => {
  redis = await freshRedis();
  const nothing = async () => undefined;
  const rest = { process: nothing, failed: () => undefined, tell: () => undefined };
  worker = openWorker({
    name: "deliveries",
    kind: "deliveries",
    concurrency: 1,
    redis: redis.connect(),
    ...rest,
  });
});
afterAll(async () => {
  await worker.close();
  await redis.stop();
});

describe("the lock of a delivery whose worker was killed", () => {
  // `npm run chaos -- --only worker-killed` measures it; this holds the sum that it rests on.
  test("has run out, and been found to have, within twelve seconds", () => {
    const { lockDuration = 30_000, stalledInterval = 30_000 } = worker.opts;
    expect(lockDuration + stalledInterval).toBeLessThan(12_000);
  });
});
