import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";
import { type Door, openDoor } from "./door.ts";

let door: Door;

beforeEach(async () => {
  door = await openDoor();
  await waitUntil("ingest to be ready", async () => (await fetch(`${door.url}/readyz`)).ok);
});
afterEach(() => door.close());

describe("ingest whose Redis is away", () => {
  test("refuses with 503, and says when to come again", async () => {
    await door.redis.crash();
    const response = await door.post("openai", "{}");
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ title: "unavailable" });
  });

  test("is alive, and not ready", async () => {
    await door.redis.crash();
    await waitUntil("ingest not to be ready", async () => (await status("/readyz")) === 503);
    expect([await status("/healthz"), await status("/health")]).toEqual([200, 200]);
  });

  test("accepts again by itself, and holds nothing of what it refused", async () => {
    await door.redis.crash();
    await door.post("openai", '"refused"');
    await door.redis.revive();
    await waitUntil("ingest to accept", async () => (await door.post("openai", '"accepted"')).status === 202);
    expect((await door.queued()).map(({ body }) => body)).toEqual(['"accepted"']);
  });

  test("refuses when Redis takes no writes, and accepts when it does again", async () => {
    const redis = door.redis.connect();
    await redis.config("SET", "maxmemory", "1");
    expect((await door.post("openai", "{}")).status).toBe(503);
    await redis.config("SET", "maxmemory", "0");
    await waitUntil("ingest to accept", async () => (await door.post("openai", "{}")).status === 202);
  });

  test("refuses when Redis hangs; sent again, it is queued once", async () => {
    const pid = Number(/process_id:(\d+)/.exec(await door.redis.connect().info("server"))?.[1]);
    process.kill(pid, "SIGSTOP");
    const refused = await Promise.all(["1", "2", "3"].map((body) => door.post("openai", body)));
    process.kill(pid, "SIGCONT");
    expect(refused.map((response) => response.status)).toEqual([503, 503, 503]);
    await waitUntil("ingest to accept", async () => (await door.post("openai", "1")).status === 202);
    await Promise.all(["2", "3"].map((body) => door.post("openai", body)));
    expect((await door.queued()).map(({ body }) => body).sort()).toEqual(["1", "2", "3"]);
  });
});

async function status(path: string): Promise<number> {
  const response = await fetch(door.url + path);
  await response.arrayBuffer();
  return response.status;
}
