import { afterEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Service } from "@statuswire/service";
import { readConfig } from "../src/config.ts";
import { startIngest } from "../src/service.ts";

let redis: FreshRedis;
let service: Service;

afterEach(async () => {
  await service.stop();
  await redis.stop();
});

describe("ingest that starts before its Redis", () => {
  test("stands, refuses, and accepts once there is one", async () => {
    redis = await freshRedis();
    await redis.crash();
    service = await startIngest(readConfig({ REDIS_URL: redis.path, INGEST_PORT: "0" }), () => undefined);
    const post = async () =>
      (await fetch(`${service.url}/webhooks/openai`, { method: "POST", body: "{}" })).status;
    expect(await post()).toBe(503);
    await redis.revive();
    await waitUntil("ingest to accept", async () => (await post()) === 202);
  });
});
