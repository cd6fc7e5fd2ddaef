import { readFile, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startEmbeddedRedis, type EmbeddedRedis } from "../src/index.ts";
import { ask, environment, folder, isAlive, means } from "./harness.ts";

let place: Awaited<ReturnType<typeof folder>>;
let started: EmbeddedRedis[];

beforeEach(async () => {
  place = await folder();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((redis) => redis.stop()));
  await place.remove();
});

describe("an embedded Redis", () => {
  test("answers as soon as it is given, under its own pid", async () => {
    const redis = await start();
    await expect(ask(redis.socketPath, "INFO server")).resolves.toContain(`process_id:${redis.pid}\r\n`);
  });

  test("says what to do where it cannot keep its data", async () => {
    const file = join(place.path, "file");
    await writeFile(file, "");
    const starting = startEmbeddedRedis({ dataDir: join(file, "data"), ...means });
    await expect(starting).rejects.toThrow(/cannot be written \(ENOTDIR\).*STATUSWIRE_DATA/);
  });

  test.each([
    ["appendonly", "yes"],
    ["appendfsync", "always"],
    ["maxmemory", String(Math.floor(Math.min(process.constrainedMemory() || totalmem(), totalmem()) / 2))],
    ["maxmemory-policy", "noeviction"],
    ["save", ""],
    ["port", "0"],
  ])("has %s set to %p", async (name, value) => {
    const redis = await start();
    await expect(ask(redis.socketPath, `CONFIG GET ${name}`)).resolves.toMatch(
      new RegExp(`\\r\\n${name}\\r\\n\\$${value.length}\\r\\n${value}\\r\\n$`),
    );
  });

  test.each([
    ["1gb", String(1024 ** 3)],
    ["0", "0"],
  ])("may use as much memory as STATUSWIRE_REDIS_MAXMEMORY says: %s", async (wanted, bytes) => {
    const redis = await start({ env: environment({ STATUSWIRE_REDIS_MAXMEMORY: wanted }) });
    await expect(ask(redis.socketPath, "CONFIG GET maxmemory")).resolves.toContain(`\r\n${bytes}\r\n`);
  });

  test("does not start with a size that is none, and says what one is", async () => {
    const starting = start({ env: environment({ STATUSWIRE_REDIS_MAXMEMORY: "half" }) });
    await expect(starting).rejects.toThrow("such as 512mb or 2gb, or 0 for no limit");
  });

  test("is gone once stopped, with its guardian", async () => {
    const redis = await start();
    await redis.stop();
    expect(isAlive(redis.pid)).toBe(false);
    await expect(redis.exited).resolves.toEqual({ code: 0 });
  });

  test("keeps its data over a stop and a start", async () => {
    const first = await start();
    await ask(first.socketPath, "SET kept yes");
    await first.stop();
    await expect(ask((await start()).socketPath, "GET kept")).resolves.toContain("yes");
  });

  test("keeps its data over a SIGKILL, and tells that it ended", async () => {
    const first = await start();
    await ask(first.socketPath, "SET kept yes");
    process.kill(first.pid, "SIGKILL");
    await expect(first.exited).resolves.toEqual({ code: 137 });
    await expect(ask((await start()).socketPath, "GET kept")).resolves.toContain("yes");
  });

  test("writes nothing to the disk when told to", async () => {
    const redis = await start({ appendOnly: false });
    await expect(ask(redis.socketPath, "CONFIG GET appendonly")).resolves.toContain("no\r\n");
  });

  test("works in a folder whose path holds spaces and quotes", async () => {
    const redis = await start({ dataDir: join(place.path, `it's "my" data`) });
    await expect(ask(redis.socketPath, "PING")).resolves.toBe("+PONG\r\n");
  });

  test("listens elsewhere when the path is too long for a socket", async () => {
    const redis = await start({ dataDir: join(place.path, "d".repeat(120)) });
    expect(redis.socketPath.length).toBeLessThanOrEqual(100);
    await expect(ask(redis.socketPath, "PING")).resolves.toBe("+PONG\r\n");
  });

  test("logs into its folder", async () => {
    await start();
    await expect(readFile(join(place.path, "redis.log"), "utf8")).resolves.toContain(
      "ready to accept connections",
    );
  });
});

async function start(
  options: { dataDir?: string; appendOnly?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<EmbeddedRedis> {
  const redis = await startEmbeddedRedis({ dataDir: place.path, ...means, ...options });
  started.push(redis);
  return redis;
}
