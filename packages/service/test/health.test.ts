import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createRegistry } from "@statuswire/telemetry";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import express from "express";
import { Redis } from "ioredis";
import { health, listen, type Listening, redisIsReady, watchRedis } from "../src/index.ts";

let backend: FreshRedis;
let redis: Redis;
let server: Listening;
let told: string[];

beforeEach(async () => {
  backend = await freshRedis();
  told = [];
  redis = watchRedis(
    new Redis(backend.path, { maxRetriesPerRequest: null, retryStrategy: () => 20 }),
    (happening) => void told.push(happening),
  );
  const app = express().use(health({ ready: () => redisIsReady(redis), registry: createRegistry() }));
  server = await listen(app, { host: "127.0.0.1", port: 0, variable: "PORT" });
  await waitUntil("Redis to be connected", () => redis.status === "ready");
});
afterEach(async () => {
  await server.close();
  redis.disconnect();
  await backend.stop();
});

describe("a process whose Redis answers", () => {
  test("is alive and ready", async () => {
    expect([await status("/healthz"), await status("/readyz")]).toEqual([200, 200]);
  });

  test("shows its figures", async () => {
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain("process_cpu_seconds_total");
  });
});

describe("a process whose Redis is away", () => {
  test("is alive, and not ready until Redis is back", async () => {
    await backend.crash();
    await waitUntil("the loss to be noticed", async () => (await status("/readyz")) === 503);
    expect(await status("/healthz")).toBe(200);
    await backend.revive();
    await waitUntil("the process to be ready", async () => (await status("/readyz")) === 200);
  });

  test("says so, and says when it is back", async () => {
    await backend.crash();
    await waitUntil("the loss to be told", () => told.includes("redis.lost"));
    await backend.revive();
    await waitUntil("the return to be told", () => told.at(-1) === "redis.back");
  });
});

describe("a process whose Redis hangs", () => {
  test("is not ready", async () => {
    const pid = Number(/process_id:(\d+)/.exec(await redis.info("server"))?.[1]);
    process.kill(pid, "SIGSTOP");
    const response = await fetch(`${server.url}/readyz`);
    process.kill(pid, "SIGCONT");
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: "not ready", reason: "Redis does not answer." });
  });
});

async function status(path: string): Promise<number> {
  const response = await fetch(server.url + path);
  await response.arrayBuffer();
  return response.status;
}
