import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createRegistry, type Registry } from "@statuswire/telemetry";
import { follow, freshRedis, type FreshRedis, startNode, waitUntil } from "@statuswire/testing";
import { Redis } from "ioredis";
import { examineRedis } from "../src/index.ts";

let server: FreshRedis;
let registry: Registry;
let told: [string, unknown][];

beforeEach(async () => {
  [told, registry] = [[], createRegistry()];
  server = await freshRedis({ appendOnly: true });
});
afterEach(() => server.stop());

describe("a Redis", () => {
  test("that is set up as ours is has nothing said of it", async () => {
    await examined();
    expect(told).toEqual([]);
    expect(await figures()).toEqual([
      "clock 0",
      "eviction 0",
      "persistence 0",
      "replication 0",
      "sync 0",
      "version 0",
    ]);
  });

  test.each([
    ["evicts", "maxmemory-policy", "allkeys-lru", "eviction"],
    ["keeps nothing", "appendonly", "no", "persistence"],
    ["is a second behind with writing", "appendfsync", "everysec", "sync"],
  ])("that %s is named", async (_what, setting, value, risk) => {
    await server.connect().config("SET", setting, value);
    await examined();
    expect(told).toMatchObject([["redis.risky", { risk, found: value }]]);
    expect(await figures()).toContain(`${risk} 1`);
  });

  test("whose clock is off by more than two seconds is named", async () => {
    await examined(() => Date.now() + 3_600_000);
    expect(told).toMatchObject([["redis.risky", { risk: "clock" }]]);
  });

  test("that takes writes though none of its replicas has them is named", async () => {
    const [master, replica] = await Promise.all([startNode([], process.env), startNode([], process.env)]);
    await follow([replica], ({ admin }) => admin.replicaof("127.0.0.1", master.port));
    const redis = new Redis(master.url).on("error", () => undefined);
    await examined(Date.now, redis);
    redis.disconnect();
    await Promise.all([master.stop(), replica.stop()]);
    expect(told).toContainEqual([
      "redis.risky",
      { risk: "replication", found: "min-replicas-to-write 0", wanted: "min-replicas-to-write 1" },
    ]);
  });

  test("that forbids CONFIG is believed as far as it says, and what it does not say is named", async () => {
    await server.connect().acl("SETUSER", "default", "-config");
    await examined();
    expect(told).toEqual([["redis.unchecked", { unchecked: ["sync"] }]]);
    expect(await figures()).not.toContain("sync 0");
  });

  test("is asked again when it is back", async () => {
    await examined();
    await server.crash();
    registry.resetMetrics();
    await server.revive();
    await waitUntil("it to be asked again", async () => (await figures()).length > 0);
  });
});

async function examined(now = Date.now, redis = server.connect()): Promise<void> {
  examineRedis(redis, {
    tell: (...happening) => void told.push([happening[0], happening[1]]),
    registry,
    now,
  });
  await waitUntil("it to be asked", async () => (await figures()).length > 0);
}

async function figures(): Promise<string[]> {
  const lines = (await registry.metrics()).matchAll(/^statuswire_redis_risk\{risk="(\w+)"\} (\d)$/gm);
  return [...lines].map(([, risk, value]) => `${risk} ${value}`).sort();
}
