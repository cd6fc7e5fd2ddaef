import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureRedis, findRedis, startEmbeddedRedis } from "../src/index.ts";
import { ask, environment, folder, means, program } from "./harness.ts";

let place: Awaited<ReturnType<typeof folder>>;

beforeEach(async () => {
  place = await folder();
});
afterEach(() => place.remove());

describe("the search for a server", () => {
  test("takes the first on the PATH that proves its version", async () => {
    const file = await server("redis-server", "Redis server v=9.1.2 sha=00000000:0 malloc=libc bits=64 build=0");
    await expect(search()).resolves.toMatchObject({ binary: { file, version: "9.1.2" } });
  });

  test("prefers Valkey, and knows how it says its version", async () => {
    await server("redis-server", "Redis server v=9.1.2 sha=0");
    const file = await server("valkey-server", "Valkey server v=8.0.1 sha=0");
    await expect(search()).resolves.toMatchObject({ binary: { file, version: "8.0.1" } });
  });

  test("passes over one that is too old, and says so", async () => {
    const file = await server("redis-server", "Redis server v=5.0.14 sha=0");
    const { refused } = await search();
    expect(refused).toContain(`${file} is version 5.0.14, 6.2.0 or newer is needed`);
  });

  test("passes over one that does not run, with its reason", async () => {
    const file = join(place.path, "redis-server");
    await program(file, "echo libssl.so.3: cannot open >&2; exit 127");
    const { refused } = await search();
    expect(refused).toContain(`${file} does not run as a Redis server (libssl.so.3: cannot open)`);
  });

  test("takes STATUSWIRE_REDIS_BIN and nothing else", async () => {
    await server("redis-server", "Redis server v=9.1.2 sha=0");
    const file = await server("my-own", "Redis server v=7.4.0 sha=0");
    await expect(search({ STATUSWIRE_REDIS_BIN: file })).resolves.toMatchObject({ binary: { file } });
  });

  test("fails on a STATUSWIRE_REDIS_BIN that is no server, rather than take another", async () => {
    await expect(search({ STATUSWIRE_REDIS_BIN: "/nowhere/redis-server" })).rejects.toThrow(
      "STATUSWIRE_REDIS_BIN: /nowhere/redis-server does not run as a Redis server",
    );
  });
});

describe("a machine without a server", () => {
  test("is told the one command to run, and of REDIS_URL", async () => {
    const nothing = { ...means, env: environment({ PATH: place.path, HOME: place.path }), folders: [] };
    await expect(ensureRedis(nothing)).rejects.toThrow(/Install one: .*\n.*REDIS_URL=redis:/);
  });

  test("is told what was found and is too old", async () => {
    const file = await server("old", "Redis server v=5.0.14 sha=0");
    const env = environment({ STATUSWIRE_REDIS_BIN: file });
    await expect(ensureRedis({ ...means, env })).rejects.toThrow("is version 5.0.14, 6.2.0 or newer is needed");
  });
});

describe("the server inside Debian's redis-tools", () => {
  const tools = "/usr/bin/redis-check-rdb";

  test("runs under the name redis-server", async () => {
    const { binary } = await findRedis({ env: environment({ STATUSWIRE_REDIS_BIN: tools }) }).catch(() => ({
      binary: undefined,
    }));
    if (!binary) return console.warn(`Skipped: this machine has no ${tools}`);
    const redis = await startEmbeddedRedis({
      ...means,
      env: environment({ STATUSWIRE_REDIS_BIN: tools }),
      dataDir: join(place.path, "data"),
    });
    await expect(ask(redis.socketPath, "PING")).resolves.toBe("+PONG\r\n");
    await redis.stop();
  });
});

function search(more: NodeJS.ProcessEnv = {}) {
  return findRedis({ env: environment({ PATH: place.path, ...more }) });
}

async function server(name: string, printed: string): Promise<string> {
  const file = join(place.path, name);
  await program(file, `echo "${printed}"`);
  return file;
}
